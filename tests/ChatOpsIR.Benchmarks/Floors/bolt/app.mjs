// The least that a bot on Slack's own framework is: it checks the signature, reads the event, answers, and stores nothing.
import bolt from '@slack/bolt';

const [port, signingSecret] = process.argv.slice(2);
const app = new bolt.App({
  receiver: new bolt.HTTPReceiver({ signingSecret }),
  // Who it is, without asking Slack.
  authorize: async () => ({ botToken: 'xoxb-floor', botId: 'B0FLOOR001', botUserId: 'U0PLAYBOT1' }),
});

app.event('message', async () => {});

await app.start({ port: Number(port), host: '127.0.0.1' });
