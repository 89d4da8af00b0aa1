// Forms that the app opens, and the values typed into them.
import { $, $$, act, body, post, toast } from './server.js';

export function typed(form) {
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

export function swapForm(part, next) {
  const was = $('dialog', part);
  const is = $('dialog', next);
  if ((was?.dataset.key ?? '') === (is?.dataset.key ?? '')) return;
  const back = was ? null : document.activeElement;
  part.replaceChildren(...[...next.childNodes].map((node) => document.importNode(node, true)));
  if (back) swapForm.back = back;
  if (is) showForm();
  else swapForm.back?.isConnected && swapForm.back.focus();
}

export function showForm() {
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

// Suggestions of an external select: asked for while typing, from as many letters on as the app wants, remembered by their label.
let suggesting = 0;
document.addEventListener('input', (event) => {
  const input = event.target;
  if (!('suggest' in input.dataset)) return;
  const known = $$('option', input.list).find((option) => option.value === input.value);
  input.dataset.chosen = known?.dataset.option ?? '';
  clearTimeout(suggesting);
  if (!known && input.value.length >= Number(input.dataset.suggest)) suggesting = setTimeout(() => suggest(input), 200);
});

document.addEventListener('focusin', ({ target }) => {
  if (target.dataset?.suggest === '0' && target.value === '') suggest(target);
});

async function suggest(input) {
  const field = input.closest('[data-block]');
  const where = field
    ? { view: input.closest('[data-view]').dataset.view, block_id: field.dataset.block, action_id: field.dataset.action }
    : Object.fromEntries(['view', 'channel', 'ts', 'block_id', 'action_id'].map((name) => [name, input.dataset[name] || undefined]));
  const answer = await post('/playground/api/act', { as: body.dataset.as, do: 'suggest', ...where, value: input.value });
  if (!answer.ok) toast('The app did not answer with suggestions. Type on to ask again.');
  const options = (answer.options ?? []).map((option) => {
    const element = document.createElement('option');
    element.value = option.text.text;
    element.dataset.option = JSON.stringify(option);
    return element;
  });
  input.list.replaceChildren(...options);
  input.dataset.chosen = options.find((option) => option.value === input.value)?.dataset.option ?? '';
}
