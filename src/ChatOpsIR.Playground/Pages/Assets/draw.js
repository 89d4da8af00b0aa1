// Drawing again what changed: the server draws the whole page, and what differs is taken over in place.
import { $, $$, body, post } from './server.js';
import { swapForm } from './forms.js';

/** Called after every drawing. */
export const onDrawn = [];

let drawing = null;
let again = false;
let released = Promise.resolve();

// What somebody presses stays in its place until they let go: of what is drawn anew in between, no click would come.
const LongestPress = 10_000;
document.addEventListener('pointerdown', () => {
  released = new Promise((go) => {
    const over = new AbortController();
    const end = () => {
      over.abort();
      setTimeout(go); // the click comes right after
    };
    for (const kind of ['pointerup', 'pointercancel']) addEventListener(kind, end, { capture: true, signal: over.signal });
    setTimeout(end, LongestPress);
  });
}, true);

export function redraw() {
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
  const html = await fetch(here(), { headers: { accept: 'text/html' } }).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
  if (html === null) return; // The server went away, or this page does: the next change draws again.
  const fresh = new DOMParser().parseFromString(html, 'text/html');
  await released;
  keepFocus(() => drawParts(fresh));
  if ($('.room .composer, .room .composer-off')?.className !== $('.room .composer, .room .composer-off', fresh)?.className) {
    $('.room .composer, .room .composer-off')?.replaceWith(document.importNode($('.room .composer, .room .composer-off', fresh), true));
  }
  const [field, next] = [$('#composer'), $('#composer', fresh)];
  if (field && next) field.placeholder = next.placeholder;
  markRead();
  onDrawn.forEach((listener) => listener());
}

// Whoever came without naming a channel stays in the one that was shown first, whichever war room is the newest by now.
function here() {
  const address = new URL(location.href);
  if (body.dataset.channel) address.searchParams.set('k', body.dataset.channel);
  return address;
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

export function markRead() {
  const channel = body.dataset.channel;
  const seen = getComputedStyle($('.room')).display !== 'none';
  if (channel && seen && document.visibilityState === 'visible' && $('.sidebar [aria-current="page"].unread')) {
    post('/playground/api/act', { as: body.dataset.as, do: 'read', channel });
  }
}
