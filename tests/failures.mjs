// Prints which tests failed, and why, from the .trx files named on the command line.
import { readFileSync } from 'node:fs';

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = text => text
  .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => entities[name])
  .trim();
const inside = (result, element) => plain(result.match(new RegExp(`<${element}>([^]*?)</${element}>`))?.[1] ?? '');

for (const file of process.argv.slice(2)) {
  for (const [result, attributes] of readFileSync(file, 'utf8').matchAll(/<UnitTestResult ([^>]*[^/>])>[^]*?<\/UnitTestResult>/g)) {
    if (/outcome="Passed"/.test(attributes)) continue;
    const name = plain(attributes.match(/testName="([^"]*)"/)?.[1] ?? 'a test without a name');
    console.log(`\nFAILED ${name}\n${inside(result, 'Message').slice(0, 2000)}\n${inside(result, 'StackTrace').slice(0, 2000)}`);
  }
}
