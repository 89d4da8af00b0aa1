// Talking to the server, and saying what went wrong.
import { redraw } from './draw.js';

export const body = document.body;
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

export async function post(path, what) {
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) }).catch(() => null);
  if (!answer) return { ok: false, error: 'not_reached' };
  return answer.headers.get('content-type')?.startsWith('application/json') ? answer.json() : { ok: false, error: await answer.text() };
}

export async function act(what) {
  const result = await post('/playground/api/act', { as: body.dataset.as, ...what });
  if (!result.ok && !['form_refused', 'form_incomplete', 'not_a_command'].includes(result.error)) toast(sentences[result.error] ?? `That did not work: ${result.error}.`);
  await redraw();
  return result;
}

const sentences = {
  too_many_files: 'A message takes five files at most.',
  file_too_large: 'A file may have 1 MB at most.',
  invalid_file: 'This file could not be read.',
  file_not_found: 'This file is not there any more.',
  not_reached: 'The workspace did not answer. See whether it is running.',
  operation_timeout: 'The app did not answer within three seconds.',
  dispatch_failed: 'The app did not take this. See whether it is running.',
  cant_update_message: 'Only your own messages can be changed.',
  not_in_channel: 'Join the channel first.',
  is_archived: 'This channel is archived.',
  already_reacted: 'You reacted with that already.',
  name_taken: 'There is a channel of that name.',
};

export function toast(words) {
  const box = $('.toast');
  $('span', box).textContent = words;
  box.hidden = false;
  clearTimeout(toast.timer);
  const hide = () => (box.matches(':hover, :focus-within') ? (toast.timer = setTimeout(hide, 2000)) : (box.hidden = true));
  toast.timer = setTimeout(hide, 6000);
}
