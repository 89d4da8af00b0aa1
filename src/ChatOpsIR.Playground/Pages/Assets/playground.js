// The page is drawn on the server. This script posts what people do, draws again what changed, and opens dialogs.
import { $, $$, act, body, post } from './server.js';
import { markRead, redraw } from './draw.js';
import { showForm, typed } from './forms.js';
import { takeFiles, write } from './composer.js';
import './tour.js';

// --- deeds by attribute ------------------------------------------------------------------------------------------------------------------

function deed(element) {
  const { do: name, press, confirm: _, then: __, url: ___, ...rest } = element.dataset;
  const what = { do: name ?? press };
  for (const [key, value] of Object.entries(rest)) {
    if (value !== '' && !['part', 'key', 'suggest', 'chosen'].includes(key)) what[key] = value;
  }
  if (what.view) what.values = typed(element.closest('form, .home'));
  return what;
}

document.addEventListener('click', async (event) => {
  const target = event.target.closest('button, a');
  $$('details.menu[open]').forEach((menu) => menu.contains(event.target) || menu.removeAttribute('open'));
  if (!target) return;
  if (target.dataset.channelLink) {
    event.preventDefault();
    location.href = `${body.dataset.base}&c=${encodeURIComponent(target.dataset.channelLink)}`;
  } else if (target.dataset.close) act({ do: 'close', all: target.dataset.close === 'all' });
  else if (target.dataset.advance) {
    await post('/playground/api/clock', { advanceSeconds: Number(target.dataset.advance) });
    await redraw();
  } else if ('themeToggle' in target.dataset) toggleTheme();
  else if (target.closest('.toast')) $('.toast').hidden = true;
  else if (target.dataset.do && target.tagName === 'BUTTON') {
    if (target.dataset.confirm && !confirm(target.dataset.confirm)) return;
    if (target.dataset.url) open(target.dataset.url, '_blank', 'noreferrer');
    target.closest('details')?.removeAttribute('open');
    const result = await act(deed(target));
    if (target.dataset.do === 'open' && result.ok) location.href = `${body.dataset.base}&c=${result.channel}`;
  }
});

document.addEventListener('change', (event) => {
  const target = event.target;
  if ('suggest' in target.dataset && target.dataset.press) {
    if (target.dataset.chosen) act({ ...deed(target), value: JSON.parse(target.dataset.chosen) });
  } else if (target.dataset.press) act({ ...deed(target), value: target.type === 'checkbox' ? (target.checked ? [target.value] : []) : target.value });
});

document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.dataset.form) {
    const result = await act({ do: 'submit', view: form.dataset.form, values: typed(form) });
    if (!result.ok) $('.dialog [aria-invalid="true"]')?.focus();
    return;
  }
  const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value]));
  if ('broadcast' in fields) fields.broadcast = true;
  const box = form.matches('.composer') ? $('textarea', form) : null;
  if (box) {
    const files = await takeFiles(form);
    if (!fields.text.trim() && files.length === 0) return;
    if (files.length) fields.files = files;
    write(box, '');
  }
  form.closest('details')?.removeAttribute('open');
  const result = await act({ ...deed(form), ...fields });
  if (form.dataset.then && result.ok) location.href = form.dataset.then;
  if (box) {
    const log = form.closest('.room, .pane').querySelector('.log');
    log.scrollTop = log.scrollHeight;
    if (!result.ok && !box.value && ['is_archived', 'not_reached', 'file_too_large', 'too_many_files'].includes(result.error)) write(box, fields.text);
  }
});

document.addEventListener('keydown', (event) => {
  const at = event.target;
  if (event.key === 'Escape') {
    const menu = $('details.menu[open]');
    menu?.removeAttribute('open');
    if (menu?.contains(at)) $('summary', menu).focus();
    else if (at.matches('form.edit textarea')) $('a', at.form).click();
  } else if (at.matches('form.edit textarea') && event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    at.form.requestSubmit();
  } else if (event.key === '/' && !at.matches('input, textarea, select')) {
    event.preventDefault();
    $('#composer')?.focus();
  } else if (['ArrowRight', 'ArrowLeft'].includes(event.key) && at.matches('.people .person')) {
    const people = $$('.people .person');
    const step = event.key === 'ArrowRight' ? 1 : people.length - 1;
    people[(people.indexOf(at) + step) % people.length].focus();
    event.preventDefault();
  }
});

// --- theme, start ------------------------------------------------------------------------------------------------------------------------

function toggleTheme() {
  const root = document.documentElement;
  const dark = (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  root.dataset.theme = dark ? 'light' : 'dark';
  document.cookie = `playground-theme=${root.dataset.theme}; path=/playground; max-age=31536000; samesite=strict`;
}

for (const log of $$('.log')) log.scrollTop = log.scrollHeight;
$('.edit textarea')?.focus();
showForm();
markRead();
if ($('.home')) act({ do: 'home' });
const changes = new EventSource('/playground/api/changes');
changes.addEventListener('message', redraw);
addEventListener('pagehide', () => changes.close());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && redraw());
