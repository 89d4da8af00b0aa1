// The page is drawn on the server. This script posts what people do, draws again what changed, and opens dialogs.
const body = document.body;
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// --- talking to the server ---------------------------------------------------------------------------------------------------------------

async function post(path, what) {
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) });
  return answer.headers.get('content-type')?.startsWith('application/json') ? answer.json() : { ok: false, error: await answer.text() };
}

async function act(what) {
  const result = await post('/playground/api/act', { as: body.dataset.as, ...what });
  if (!result.ok && !['form_refused', 'form_incomplete', 'not_a_command'].includes(result.error)) toast(sentences[result.error] ?? `That did not work: ${result.error}.`);
  await redraw();
  return result;
}

const sentences = {
  operation_timeout: 'The app did not answer within three seconds.',
  dispatch_failed: 'The app did not take this. See whether it is running.',
  cant_update_message: 'Only your own messages can be changed.',
  not_in_channel: 'Join the channel first.',
  is_archived: 'This channel is archived.',
  already_reacted: 'You reacted with that already.',
  name_taken: 'There is a channel of that name.',
};

function toast(words) {
  const box = $('.toast');
  $('span', box).textContent = words;
  box.hidden = false;
  clearTimeout(toast.timer);
  const hide = () => (box.matches(':hover, :focus-within') ? (toast.timer = setTimeout(hide, 2000)) : (box.hidden = true));
  toast.timer = setTimeout(hide, 6000);
}

// --- drawing again what changed ----------------------------------------------------------------------------------------------------------

let drawing = null;
let again = false;

function redraw() {
  if (drawing) {
    again = true;
    return drawing;
  }
  drawing = draw().finally(() => {
    drawing = null;
    if (again) {
      again = false;
      return redraw();
    }
  });
  return drawing;
}

async function draw() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  keepFocus(() => drawParts(fresh));
  if ($('.room .composer, .room .composer-off')?.className !== $('.room .composer, .room .composer-off', fresh)?.className) {
    $('.room .composer, .room .composer-off')?.replaceWith(document.importNode($('.room .composer, .room .composer-off', fresh), true));
  }
  markRead();
}

function drawParts(fresh) {
  for (const part of $$('[data-part]')) {
    const next = $(`[data-part="${part.dataset.part}"]`, fresh);
    if (!next) continue;
    if (part.dataset.part === 'form') swapForm(part, next);
    else keepPlace(part, () => morph(part, next));
  }
}

// Children are compared in place, those with an id by their id, so that what is unchanged is neither announced again nor loses its focus
// or an open menu. A message that somebody is editing is left alone.
function morph(old, next) {
  old.hidden = next.hidden;
  const fresh = [...next.childNodes];
  const staying = new Set(fresh.map((node) => node.id));
  const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let at = old.firstChild;
  for (const node of fresh) {
    while (at?.id && !staying.has(at.id)) at = drop(at);
    const was = node.id ? known.get(node.id) : at?.id ? null : at;
    if (was && was === at) at = at.nextSibling;
    else old.insertBefore(was ?? document.importNode(node, true), at);
    if (was && !same(was, node)) change(was, node);
  }
  while (at) at = drop(at);
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function change(was, node) {
  if (was.nodeType !== 1 || node.nodeType !== 1 || was.tagName !== node.tagName) was.replaceWith(document.importNode(node, true));
  else if (was.matches('ul, div:not(.day):not(.body), section')) morph(was, node);
  else if (!($('form.edit', was) && $('form.edit', node))) was.replaceWith(document.importNode(node, true));
}

// What was drawn again has lost the focus: it goes to the control of the same name in the same place.
function keepFocus(redrawing) {
  const before = document.activeElement;
  const place = before?.closest('[id]:not(:focus), [data-part]');
  const name = (control) => control.getAttribute('aria-label') ?? control.textContent;
  redrawing();
  if (!place || place.dataset.part === 'form' || before.isConnected) return;
  const now = place.id ? document.getElementById(place.id) : $(`[data-part="${place.dataset.part}"]`);
  if (now) $$(before.tagName, now).find((control) => name(control) === name(before))?.focus();
}

function same(was, node) {
  if (was.isEqualNode(node)) return true;
  if (was.nodeType !== 1 || !was.querySelector('details[open]')) return false;
  const closed = was.cloneNode(true);
  $$('details[open]', closed).forEach((menu) => menu.removeAttribute('open'));
  return closed.isEqualNode(node);
}

function keepPlace(part, change) {
  const atEnd = part.scrollHeight - part.scrollTop - part.clientHeight < 80;
  change();
  if (part.matches('.log') && atEnd) part.scrollTop = part.scrollHeight;
}

function markRead() {
  const channel = body.dataset.channel;
  const seen = getComputedStyle($('.room')).display !== 'none';
  if (channel && seen && document.visibilityState === 'visible' && $('.sidebar [aria-current="page"].unread')) {
    post('/playground/api/act', { as: body.dataset.as, do: 'read', channel });
  }
}

// --- deeds by attribute ------------------------------------------------------------------------------------------------------------------

function deed(element) {
  const { do: name, press, confirm: _, then: __, url: ___, ...rest } = element.dataset;
  const what = { do: name ?? press };
  for (const [key, value] of Object.entries(rest)) {
    if (value !== '' && !['part', 'key'].includes(key)) what[key] = value;
  }
  if (what.view) what.values = typed($('.dialog form'));
  return what;
}

document.addEventListener('click', async (event) => {
  const target = event.target.closest('button, a, [role="option"]');
  $$('details.menu[open]').forEach((menu) => menu.contains(event.target) || menu.removeAttribute('open'));
  if (!target) return;
  if (target.dataset.channelLink) {
    event.preventDefault();
    location.href = `${body.dataset.base}&c=${encodeURIComponent(target.dataset.channelLink)}`;
  } else if (target.dataset.command !== undefined) choose(target);
  else if (target.dataset.close) act({ do: 'close', all: target.dataset.close === 'all' });
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
  if (target.dataset.press) act({ ...deed(target), value: target.type === 'checkbox' ? (target.checked ? [target.value] : []) : target.value });
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
  if (form.matches('.composer') && !fields.text.trim()) return;
  const box = form.matches('.composer') ? $('textarea', form) : null;
  if (box) {
    box.value = '';
    grow(box);
    showCommands(box);
  }
  form.closest('details')?.removeAttribute('open');
  const result = await act({ ...deed(form), ...fields });
  if (form.dataset.then && result.ok) location.href = form.dataset.then;
  if (box) {
    const log = form.closest('.room, .pane').querySelector('.log');
    log.scrollTop = log.scrollHeight;
    if (!result.ok && result.error === 'is_archived') box.value = fields.text;
  }
});

// --- forms -------------------------------------------------------------------------------------------------------------------------------

function typed(form) {
  const values = {};
  for (const field of $$('[data-block]', form)) {
    (values[field.dataset.block] ??= {})[field.dataset.action] = valueOf(field);
  }
  return values;
}

function valueOf(field) {
  const type = field.dataset.type;
  if (type === 'radio_buttons' || $('input[type="radio"]', field)) return $('input:checked', field)?.value ?? null;
  if (type === 'checkboxes' || (type.startsWith('multi_') && type !== 'multi_external_select')) return $$('input:checked', field).map((box) => box.value);
  const input = $('input, select, textarea', field);
  if (type === 'external_select' || type === 'multi_external_select') {
    const chosen = input.value && input.dataset.chosen ? JSON.parse(input.dataset.chosen) : null;
    return type === 'external_select' ? chosen : chosen ? [chosen] : [];
  }
  if (type === 'datetimepicker') return input.value ? Math.floor(Date.parse(`${input.value}Z`) / 1000) : null;
  return input.value || null;
}

function swapForm(part, next) {
  const was = $('dialog', part);
  const is = $('dialog', next);
  if ((was?.dataset.key ?? '') === (is?.dataset.key ?? '')) return;
  const back = was ? null : document.activeElement;
  part.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  if (back) swapForm.back = back;
  if (is) showForm();
  else swapForm.back?.isConnected && swapForm.back.focus();
}

function showForm() {
  const dialog = $('.dialog');
  if (!dialog || dialog.open) return;
  dialog.showModal();
  ($('[aria-invalid="true"]', dialog) ?? $('.dialog-body input, .dialog-body textarea, .dialog-body select', dialog))?.focus();
  const before = JSON.stringify(typed($('form', dialog)));
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    const touched = JSON.stringify(typed($('form', dialog))) !== before;
    if (!touched || confirm('Close the form? What you typed is lost.')) act({ do: 'close', all: true });
  });
}

// Suggestions of an external select: asked for while typing, remembered by their label.
let suggesting = 0;
document.addEventListener('input', (event) => {
  const input = event.target;
  if (input.matches('.composer textarea')) {
    grow(input);
    showCommands(input);
  }
  if (!('suggest' in input.dataset)) return;
  const known = $$('option', input.list).find((option) => option.value === input.value);
  input.dataset.chosen = known?.dataset.option ?? '';
  clearTimeout(suggesting);
  if (!known) suggesting = setTimeout(() => suggest(input), 200);
});

async function suggest(input) {
  const field = input.closest('[data-block]');
  const view = input.closest('dialog').dataset.view;
  const answer = await post('/playground/api/act', { as: body.dataset.as, do: 'suggest', view, block_id: field.dataset.block, action_id: field.dataset.action, value: input.value });
  const options = (answer.options ?? []).map((option) => {
    const element = document.createElement('option');
    element.value = option.text.text;
    element.dataset.option = JSON.stringify(option);
    return element;
  });
  input.list.replaceChildren(...options);
  input.dataset.chosen = options.find((option) => option.value === input.value)?.dataset.option ?? '';
}

// --- composer ----------------------------------------------------------------------------------------------------------------------------

function grow(box) {
  box.rows = Math.min(8, Math.max(1, box.value.split('\n').length));
}

function commandsOf(box) {
  return $('.popover', box.closest('.composer'));
}

function showCommands(box) {
  const popover = commandsOf(box);
  if (!popover) return;
  const rows = $$('.command', popover);
  for (const row of rows) row.hidden = !row.dataset.command.startsWith(box.value) || row.dataset.command === box.value;
  const shown = rows.filter((row) => !row.hidden);
  popover.hidden = !box.value.startsWith('/') || shown.length === 0;
  select(box, popover.hidden ? null : shown[0]);
}

function select(box, row) {
  for (const other of $$('.command', commandsOf(box))) other.setAttribute('aria-selected', String(other === row));
  if (row) box.setAttribute('aria-activedescendant', row.id);
  else box.removeAttribute('aria-activedescendant');
}

function choose(row) {
  const box = $('textarea', row.closest('.composer'));
  box.value = row.dataset.command;
  showCommands(box);
  box.focus();
}

document.addEventListener('keydown', (event) => {
  const box = event.target;
  if (event.key === 'Escape') {
    const menu = $('details.menu[open]');
    menu?.removeAttribute('open');
    $('summary', menu ?? body)?.blur();
  }
  if (event.key === '/' && !box.matches('input, textarea, select')) {
    event.preventDefault();
    $('#composer')?.focus();
  }
  if (!box.matches('.composer textarea')) return;
  const popover = commandsOf(box);
  const shown = popover && !popover.hidden ? $$('.command:not([hidden])', popover) : [];
  const at = shown.findIndex((row) => row.getAttribute('aria-selected') === 'true');
  if (shown.length && event.key === 'ArrowDown') select(box, shown[(at + 1) % shown.length]);
  else if (shown.length && event.key === 'ArrowUp') select(box, shown[(at - 1 + shown.length) % shown.length]);
  else if (shown.length && event.key === 'Tab') choose(shown[Math.max(at, 0)]);
  else if (shown.length && event.key === 'Escape') popover.hidden = true;
  else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) box.form.requestSubmit();
  else return;
  event.preventDefault();
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
const changes = new EventSource('/playground/api/changes');
changes.addEventListener('message', redraw);
addEventListener('pagehide', () => changes.close());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && redraw());
