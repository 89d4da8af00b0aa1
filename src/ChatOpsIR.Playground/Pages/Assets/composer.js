// The message field: commands, people and channels to choose from while typing, and files to send along.
import { $, $$, body, toast } from './server.js';

const MostFiles = 5;
const Shown = 8;

/** Puts a text into the field as if it had been typed. */
export function write(box, text) {
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

function grow(box) {
  box.rows = Math.min(8, Math.max(1, box.value.split('\n').length));
}

// --- choosing from a list ----------------------------------------------------------------------------------------------------------------

// While its list is open the field is a combobox: the focus stays in it, and the option under the arrows is told as its descendant.
function open(box, list) {
  for (const other of $$('.popover', box.form)) other.hidden = other !== list;
  const options = list ? choices(list) : [];
  if (!options.length) {
    if (list) list.hidden = true;
    for (const name of ['role', 'aria-expanded', 'aria-controls', 'aria-activedescendant']) box.removeAttribute(name);
    return;
  }
  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-expanded', 'true');
  box.setAttribute('aria-controls', ($('[role="listbox"]', list) ?? list).id);
  select(box, list, options[0]);
}

const choices = (list) => $$('[role="option"]:not([hidden])', list);
const openList = (box) => $('.popover:not([hidden])', box.form);

function select(box, list, option) {
  for (const other of choices(list)) other.setAttribute('aria-selected', String(other === option));
  box.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

function offer(box) {
  const commands = $('[data-commands]', box.form);
  for (const row of commands ? $$('[role="option"]', commands) : []) row.hidden = !row.dataset.command.startsWith(box.value) || row.dataset.command === box.value;
  if (commands && box.value.startsWith('/') && choices(commands).length) open(box, commands);
  else offerNames(box);
}

// A word that begins with @ or # and ends at the caret.
const wordAt = (box) => box.value.slice(0, box.selectionStart).match(/(?:^|[\s(])([@#])([^\s@#]*)$/);

let known = null;

async function offerNames(box) {
  const word = wordAt(box);
  if (!word) {
    known = null;
    return open(box, null);
  }
  known ??= fetch(`/playground/api/state?as=${body.dataset.as}`).then((answer) => answer.json()).catch(() => null);
  const state = await known;
  const now = wordAt(box);
  if (!state || now?.[0] !== word[0]) return;
  const [, mark, begun] = word;
  const fits = (...names) => names.some((name) => name.toLocaleLowerCase().startsWith(begun.toLocaleLowerCase()));
  const found = mark === '@'
    ? [
        ...state.people.filter((one) => fits(one.handle, ...one.name.split(' '))).map((one) => ({ text: `@${one.name}`, label: one.name, more: one.bot ? 'App' : one.title, also: `@${one.handle}` })),
        ...['here', 'channel', 'everyone'].filter((name) => begun && fits(name)).map((name) => ({ text: `@${name}`, label: `@${name}`, more: 'Tells everybody here' })),
      ]
    : state.channels.filter((one) => one.kind !== 'direct' && !one.archived && fits(one.name, ...one.name.split('-'))).map((one) => ({ text: `#${one.name}`, label: `#${one.name}`, more: one.topic }));
  const complete = found.some((one) => [one.text, one.also].includes(mark + begun));
  open(box, fill($('[data-names]', box.form), complete ? [] : found.slice(0, Shown), mark === '@' ? 'People' : 'Channels'));
}

function fill(list, found, label) {
  list.setAttribute('aria-label', label);
  list.replaceChildren(...found.map((one, index) => {
    const row = document.createElement('div');
    row.className = 'command';
    row.id = `${list.id}-${index}`;
    row.setAttribute('role', 'option');
    row.dataset.name = one.text;
    for (const [tag, words] of [['bdi', one.label], ['span', one.more]]) row.append(Object.assign(document.createElement(tag), { textContent: words }));
    return row;
  }));
  return list;
}

function choose(box, row) {
  if (row.dataset.command !== undefined) write(box, row.dataset.command);
  else {
    const from = box.selectionStart - wordAt(box)[2].length - 1;
    box.setRangeText(`${row.dataset.name} `, from, box.selectionStart, 'end');
    open(box, null);
    grow(box);
  }
  box.focus();
}

document.addEventListener('input', ({ target }) => {
  if (!target.matches('.composer textarea')) return;
  grow(target);
  offer(target);
});

document.addEventListener('keydown', (event) => {
  const box = event.target;
  if (!box.matches('.composer textarea') || event.isComposing) return;
  const list = openList(box);
  const shown = list ? choices(list) : [];
  const at = shown.findIndex((row) => row.getAttribute('aria-selected') === 'true');
  if (list && event.key === 'ArrowDown') select(box, list, shown[(at + 1) % shown.length]);
  else if (list && event.key === 'ArrowUp') select(box, list, shown[(at - 1 + shown.length) % shown.length]);
  else if (list && (event.key === 'Tab' || (event.key === 'Enter' && 'names' in list.dataset))) choose(box, shown[Math.max(at, 0)]);
  else if (list && event.key === 'Escape') open(box, null);
  else if (event.key === 'Enter' && !event.shiftKey) box.form.requestSubmit();
  else return;
  event.preventDefault();
});

// The press must not take the focus out of the field before the choice is made.
document.addEventListener('mousedown', (event) => event.target.closest('.popover') && event.preventDefault());

document.addEventListener('click', ({ target }) => {
  const row = target.closest('.popover [role="option"]');
  const button = target.closest('[data-attach], [data-insert], [data-detach]');
  const form = (row ?? button)?.closest('.composer');
  if (!form) {
    if (!target.closest('.composer')) $$('.composer textarea[role]').forEach((box) => open(box, null));
    return;
  }
  const box = $('textarea', form);
  if (row) choose(box, row);
  else if (button.dataset.insert) {
    const before = box.value.slice(0, box.selectionStart);
    box.setRangeText((before && !/\s$/.test(before) ? ' ' : '') + button.dataset.insert, box.selectionStart, box.selectionEnd, 'end');
    box.focus();
    offer(box);
  } else if (button.dataset.detach) {
    attached(form).splice(Number(button.dataset.detach), 1);
    list(form);
    box.focus();
  } else {
    button.closest('details').removeAttribute('open');
    $('input[type="file"]', form).click();
  }
});

// --- files -------------------------------------------------------------------------------------------------------------------------------

const waiting = new WeakMap();

/** A name without what is not seen or turns the direction round; what joins letters stays. */
const shown = (name) => name.replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim() || 'file';
const attached = (form) => waiting.get(form) ?? waiting.set(form, []).get(form);

function attach(form, files) {
  const most = Number($('input[type="file"]', form).dataset.most);
  for (const file of files) {
    if (file.size > most) toast(`“${shown(file.name)}” is too large: a file may have 1 MB at most.`);
    else if (attached(form).length >= MostFiles) toast('A message takes five files at most.');
    else attached(form).push(file);
  }
  list(form);
  $('textarea', form).focus();
}

function list(form) {
  const place = $('.attached', form);
  place.hidden = attached(form).length === 0;
  place.replaceChildren(...attached(form).map((file, index) => {
    const row = document.createElement('li');
    const away = Object.assign(document.createElement('button'), { type: 'button', className: 'icon-button', ariaLabel: `Remove ${shown(file.name)}`, textContent: '×' });
    away.dataset.detach = String(index);
    row.append(Object.assign(document.createElement('bdi'), { textContent: shown(file.name) }), away);
    return row;
  }));
}

/** The files of a message that is being sent, which are taken out of the field. */
export async function takeFiles(form) {
  const files = attached(form).splice(0);
  list(form);
  return Promise.all(files.map(async (file) => ({ name: file.name, mimetype: file.type || undefined, content: await base64(file) })));
}

const base64 = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});

document.addEventListener('change', ({ target }) => {
  if (!target.matches('.composer input[type="file"]')) return;
  attach(target.form, target.files);
  target.value = '';
});

document.addEventListener('paste', (event) => {
  const form = event.target.closest?.('.composer');
  if (!form || !event.clipboardData.files.length) return;
  event.preventDefault();
  attach(form, event.clipboardData.files);
});

for (const kind of ['dragover', 'drop']) {
  document.addEventListener(kind, (event) => {
    const form = $('.composer', event.target.closest?.('.room, .pane') ?? document.createElement('i'));
    if (!form || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    if (kind === 'drop') attach(form, event.dataTransfer.files);
  });
}
