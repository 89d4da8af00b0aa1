// Drives a playground with Slack's own client. PLAYGROUND is its address, BOT_PORT the port on which it expects its bot.
// Silent when all is well; otherwise says what was not as in Slack and exits with 1.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { WebClient } from '@slack/web-api';

const playground = process.env.PLAYGROUND;
const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} };
// A refusal by the rate limit uses up a try too, and in a burst the slowest post meets many of them.
const options = { slackApiUrl: `${playground}/playground/slack/api/`, logger: quiet, retryConfig: { retries: 30, minTimeout: 100, maxTimeout: 200 } };
const slack = new WebClient('xoxb-playground', options);

const waits = [];
slack.on('rate_limited', (seconds) => waits.push(seconds));

const refuses = (call, error) =>
  assert.rejects(call, (thrown) => {
    assert.equal(thrown.code, 'slack_webapi_platform_error');
    assert.equal(thrown.data.error, error);
    return true;
  });

const control = (path, body) =>
  fetch(playground + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }).then((answer) => answer.json());

const steps = {
  async 'auth.test tells who the token is, and refuses a wrong one'() {
    const me = await slack.auth.test();
    assert.deepEqual([me.ok, me.team, typeof me.user_id, typeof me.bot_id], [true, 'Fernhill', 'string', 'string']);
    assert.ok(me.response_metadata.scopes.includes('chat:write'));
    await refuses(new WebClient('xoxb-wrong', options).auth.test(), 'invalid_auth');
    await refuses(new WebClient(undefined, options).auth.test(), 'not_authed');
  },

  async 'a channel is made once, and people are invited'() {
    const made = await slack.conversations.create({ name: 'inc-7-search' });
    room = made.channel.id;
    assert.equal(made.channel.name, 'inc-7-search');
    await refuses(slack.conversations.create({ name: 'inc-7-search' }), 'name_taken');
    await refuses(slack.conversations.create({ name: 'Inc 7!' }), 'invalid_name_specials');
    const { members } = await slack.users.list({});
    [mara, idris] = ['mara', 'idris'].map((handle) => members.find((member) => member.name === handle).id);
    await slack.conversations.invite({ channel: room, users: `${mara},${idris}` });
    await refuses(slack.conversations.invite({ channel: room, users: mara }), 'already_in_channel');
    await slack.conversations.setTopic({ channel: room, topic: 'SEV1' });
    assert.equal((await slack.conversations.info({ channel: room })).channel.topic.value, 'SEV1');
    assert.equal((await slack.conversations.members({ channel: room })).members.length, 3);
    await refuses(slack.conversations.info({ channel: 'C0NOWHERE' }), 'channel_not_found');
  },

  async 'people are told by id and by address'() {
    const { user } = await slack.users.info({ user: mara });
    assert.equal(user.name, 'mara');
    assert.equal((await slack.users.lookupByEmail({ email: user.profile.email })).user.id, mara);
    await refuses(slack.users.info({ user: 'U0NOBODY' }), 'user_not_found');
    assert.match((await slack.conversations.open({ users: mara })).channel.id, /^D/);
  },

  async 'a message is posted, changed and deleted'() {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*hello*' } }];
    const metadata = { event_type: 'entry', event_payload: { key: '1' } };
    const posted = await slack.chat.postMessage({ channel: room, text: 'hello', blocks, metadata });
    assert.deepEqual([posted.channel, posted.message.text, posted.message.ts], [room, 'hello', posted.ts]);
    const changed = await slack.chat.update({ channel: room, ts: posted.ts, text: 'goodbye' });
    assert.deepEqual([changed.text, changed.ts], ['goodbye', posted.ts]);
    const { messages } = await slack.conversations.history({ channel: room, oldest: posted.ts, inclusive: true, limit: 1, include_all_metadata: true });
    assert.deepEqual([messages[0].text, messages[0].metadata], ['goodbye', metadata]);
    assert.equal((await slack.chat.delete({ channel: room, ts: posted.ts })).ts, posted.ts);
    await refuses(slack.chat.delete({ channel: room, ts: posted.ts }), 'message_not_found');
    await refuses(slack.chat.postMessage({ channel: room }), 'no_text');
    await refuses(slack.chat.postMessage({ channel: room, text: 'x', blocks: [{ type: 'section' }] }), 'invalid_blocks');
    await slack.chat.postEphemeral({ channel: room, user: mara, text: 'only you' });
  },

  async 'a burst of posts is slowed down, and the client waits as it is told'() {
    const posts = await Promise.all(Array.from({ length: 13 }, (_, number) => slack.chat.postMessage({ channel: room, text: `line ${number}` })));
    assert.equal(new Set(posts.map((post) => post.ts)).size, 13);
    assert.ok(waits.length > 0 && waits.every((seconds) => seconds >= 1), `waits: ${waits}`);
    const impatient = new WebClient('xoxb-playground', { ...options, rejectRateLimitedCalls: true });
    await control('/playground/api/chaos', { rateLimit: 30, seed: 1 });
    const limited = await Promise.allSettled(Array.from({ length: 20 }, () => impatient.auth.test()));
    await control('/playground/api/chaos', { calm: true });
    const refusals = limited.filter((one) => one.status === 'rejected').map((one) => one.reason);
    assert.ok(refusals.length > 0 && refusals.every((thrown) => thrown.code === 'slack_webapi_rate_limited_error' && thrown.retryAfter === 30));
  },

  async 'the client tries a call again whose server failed'() {
    await control('/playground/api/chaos', { dropBefore: 50, seed: 3 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => slack.auth.test()));
    await control('/playground/api/chaos', { calm: true });
    assert.ok(answers.every((answer) => answer.ok));
  },

  async 'history is paged by cursors, newest first'() {
    const texts = [];
    for await (const page of slack.paginate('conversations.history', { channel: room, limit: 5 })) {
      assert.ok(page.messages.length <= 5);
      texts.push(...page.messages.map((message) => message.text).filter((text) => text.startsWith('line ')));
    }
    assert.equal(texts.length, 13);
    const { messages } = await slack.conversations.history({ channel: room, limit: 999 });
    const order = messages.map((message) => message.ts);
    assert.deepEqual(order, order.toSorted().toReversed());
    await refuses(slack.conversations.history({ channel: room, cursor: 'nonsense' }), 'invalid_cursor');
  },

  async 'replies are paged by cursors, oldest first, the parent on every page'() {
    const { ts: parent } = await slack.chat.postMessage({ channel: room, text: 'thread' });
    for (const number of [0, 1, 2, 3]) await slack.chat.postMessage({ channel: room, text: `reply ${number}`, thread_ts: parent });
    const replies = [];
    for await (const page of slack.paginate('conversations.replies', { channel: room, ts: parent, limit: 2 })) {
      assert.equal(page.messages[0].ts, parent);
      replies.push(...page.messages.slice(1).map((message) => message.text));
    }
    assert.deepEqual(replies, ['reply 0', 'reply 1', 'reply 2', 'reply 3']);
    await refuses(slack.conversations.replies({ channel: room, ts: '1.000001' }), 'thread_not_found');
    pinned = parent;
  },

  async 'a message is pinned and reacted to'() {
    const item = { channel: room, timestamp: pinned };
    await slack.pins.add(item);
    await refuses(slack.pins.add(item), 'already_pinned');
    assert.equal((await slack.pins.list({ channel: room })).items[0].message.ts, pinned);
    await slack.pins.remove(item);
    await refuses(slack.pins.remove(item), 'not_pinned');
    await slack.reactions.add({ ...item, name: 'eyes' });
    await refuses(slack.reactions.add({ ...item, name: 'eyes' }), 'already_reacted');
    const { messages } = await slack.conversations.history({ channel: room, oldest: pinned, latest: pinned, inclusive: true });
    assert.deepEqual(messages[0].reactions.map(({ name, count }) => [name, count]), [['eyes', 1]]);
    await slack.reactions.remove({ ...item, name: 'eyes' });
    assert.match((await slack.chat.getPermalink({ channel: room, message_ts: pinned })).permalink, /\/archives\/C\w+\/p\d{16}/);
    await slack.bookmarks.add({ channel_id: room, title: 'Timeline', type: 'link', link: 'https://example.com/' });
    assert.equal((await slack.bookmarks.list({ channel_id: room })).bookmarks[0].title, 'Timeline');
  },

  async 'a form opens for a trigger once, and a bad one says what is wrong with it'() {
    const input = { type: 'input', block_id: 'title', label: { type: 'plain_text', text: 'Title' }, element: { type: 'plain_text_input', action_id: 'v' } };
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Declare' }, submit: { type: 'plain_text', text: 'Declare' }, blocks: [input] };
    const opened = await answering(async ({ trigger_id }) => {
      await assert.rejects(slack.views.open({ trigger_id, view: { ...view, title: { type: 'plain_text', text: 'A title of more than 24 letters' } } }), (thrown) => {
        assert.equal(thrown.data.error, 'invalid_arguments');
        assert.ok(thrown.data.response_metadata.messages.some((message) => message.includes('/view/title')), JSON.stringify(thrown.data));
        return true;
      });
      const first = await slack.views.open({ trigger_id, view });
      await refuses(slack.views.open({ trigger_id, view }), 'exchanged_trigger_id');
      return first;
    });
    await refuses(slack.views.open({ trigger_id: 'nonsense', view }), 'invalid_trigger_id');
    const { id, hash } = opened.view;
    const updated = await slack.views.update({ view_id: id, hash, view: { ...view, title: { type: 'plain_text', text: 'Declared' } } });
    assert.equal(updated.view.title.text, 'Declared');
    await refuses(slack.views.update({ view_id: id, hash, view }), 'hash_conflict');
    assert.equal((await slack.views.publish({ user_id: mara, view: { type: 'home', blocks: [] } })).view.type, 'home');
  },

  async 'channels are listed, renamed and archived for good'() {
    assert.ok((await slack.conversations.list({ limit: 200 })).channels.some((channel) => channel.id === room));
    assert.equal((await slack.conversations.rename({ channel: room, name: 'inc-7-done' })).channel.name, 'inc-7-done');
    await slack.conversations.archive({ channel: room });
    await refuses(slack.chat.postMessage({ channel: room, text: 'too late' }), 'is_archived');
    await refuses(slack.conversations.create({ name: 'inc-7-done' }), 'name_taken');
    await refuses(slack.apiCall('no.such'), 'unknown_method');
  },
};

let room, mara, idris, pinned;

// Types a command as Mara and answers it as its bot would.
async function answering(answer) {
  let result;
  const bot = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (request.url === '/slack/commands') result = answer(Object.fromEntries(new URLSearchParams(body)));
    await result?.catch(() => {});
    response.end();
  });
  await new Promise((listening) => bot.listen(Number(process.env.BOT_PORT), '127.0.0.1', listening));
  try {
    await control('/playground/api/act', { as: 'mara', do: 'command', channel: 'incidents', text: '/incident' });
    return await result;
  } finally {
    bot.closeAllConnections();
    bot.close();
  }
}

for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
  } catch (fault) {
    console.error(`${name}:\n${fault.stack}\n${JSON.stringify(fault.data ?? null)}`);
    process.exit(1);
  }
}
