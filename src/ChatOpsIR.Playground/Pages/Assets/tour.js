// The tour: which step is shown, where it stands, and that it is not shown again.
import { $, $$ } from './server.js';
import { onDrawn } from './draw.js';
import { write } from './composer.js';

const Done = 'done';
const Gap = 10;
const bubble = $('.tour');
const steps = $$('.step', bubble);
let at = -1;
let wasTrue = false;

const remembered = () => document.cookie.match(/(?:^|; )playground-tour=(\w+)/)?.[1];
const remember = (what) => (document.cookie = `playground-tour=${what}; path=/playground; max-age=31536000; samesite=strict`);

const visible = (selectors) => selectors && selectors.split(',').map((selector) => $(selector)).find((element) => element?.checkVisibility());

function show(index, takeFocus) {
  at = index;
  wasTrue = Boolean(visible(steps[at].dataset.until));
  remember(String(index));
  bubble.hidden = false;
  for (const step of steps) step.hidden = step !== steps[at];
  const writes = $('[data-tour="write"]', steps[at]);
  if (writes) writes.hidden = !$('#composer')?.checkVisibility();
  $('[data-tour-said]', bubble).textContent = `${$('h2', steps[at]).textContent}. ${$('p', steps[at]).innerText}`;
  place();
  if (takeFocus) $('.primary', steps[at]).focus();
}

// A step whose place is not there yet is passed over; the last one always has a place.
function next(takeFocus) {
  let index = at + 1;
  while (index < steps.length - 1 && !visible(steps[index].dataset.anchor)) index++;
  show(index, takeFocus);
}

function end() {
  const inside = bubble.contains(document.activeElement);
  at = -1;
  bubble.hidden = true;
  remember(Done);
  if (inside) (visible('.tour-start, .person-menu summary') ?? document.body).focus();
}

function place() {
  if (at < 0) return;
  const anchor = visible(steps[at].dataset.anchor);
  const { width, height } = bubble.getBoundingClientRect();
  const to = anchor?.getBoundingClientRect() ?? { left: 0, width: innerWidth, top: innerHeight, bottom: innerHeight };
  const above = to.bottom + Gap + height > innerHeight;
  const left = Math.min(Math.max(8, to.left + Math.min(to.width / 2, width / 2) - width / 2), innerWidth - width - 8);
  bubble.style.left = `${left}px`;
  bubble.style.top = `${Math.max(8, above ? to.top - Gap - height : to.bottom + Gap)}px`;
  bubble.style.setProperty('--point', `${Math.min(Math.max(16, to.left + Math.min(to.width / 2, 120) - left), width - 28)}px`);
  bubble.dataset.side = above ? 'above' : 'below';
}

// What a step waits for may be there from an earlier day; it is passed by itself only when that comes true under its eyes.
function follow() {
  if (at < 0) return;
  if (!wasTrue && visible(steps[at].dataset.until)) next(false);
  else place();
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-tour]');
  if (!button) return;
  const { tour } = button.dataset;
  button.closest('details')?.removeAttribute('open');
  if (tour === 'start') show(0, true);
  else if (tour === 'end') end();
  else if (tour === 'next') next(true);
  else {
    write($('#composer'), steps[at].dataset.text);
    $('#composer').focus();
  }
});

bubble.addEventListener('keydown', (event) => event.key === 'Escape' && end());
addEventListener('resize', place);
onDrawn.push(follow);
const before = remembered();
if (before !== Done) {
  show(Math.min(Number(before) || 0, steps.length - 1), false);
  if (before) wasTrue = false;
  follow();
}
