// The page works without this: the script tells the server the reader's time zone, keeps the page live, and offers theme, print and keys.

const root = document.documentElement;
const remember = (name, value) => { document.cookie = `${name}=${encodeURIComponent(value)}; path=/incidents; max-age=31536000; samesite=lax`; };

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && zone !== root.dataset.zone && !sessionStorage.getItem('zone-told')) {
  sessionStorage.setItem('zone-told', zone);
  remember('chatopsir-zone', zone.replace(/[^A-Za-z0-9/_+-]/g, ''));
  location.reload();
}

const theme = document.querySelector('[data-theme-toggle]');
theme.hidden = false;
theme.addEventListener('click', () => {
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  remember('chatopsir-theme', root.dataset.theme);
});

const print = document.querySelector('[data-print]');
print.hidden = false;
print.addEventListener('click', () => window.print());
let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll('main details:not([open])')];
  unfolded.forEach(fold => { fold.open = true; });
});
addEventListener('afterprint', () => unfolded.forEach(fold => { fold.open = false; }));

// Wide windows show the filters beside the entries; elsewhere they open from a button.
const sheet = document.querySelector('[data-sheet]');
const wide = matchMedia('(min-width: 1100px)');
const fit = () => { sheet.open = wide.matches; };
fit();
wide.addEventListener('change', fit);

// An address names an entry that may lie in a fold.
const reveal = () => {
  const entry = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!entry) return;
  for (let fold = entry.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  entry.scrollIntoView({ block: 'center' });
};
addEventListener('hashchange', reveal);
reveal();

addEventListener('keydown', event => {
  if (event.target.closest('input, textarea, select, [contenteditable]') || event.ctrlKey || event.metaKey || event.altKey) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  if (event.key === '/') {
    event.preventDefault();
    sheet.open = true;
    document.getElementById('q').focus();
  }
  if (event.key === 'j' || event.key === 'k') {
    const numbers = [...document.querySelectorAll('.entry > .what > .number')];
    const now = numbers.indexOf(document.activeElement);
    const next = numbers[now < 0 ? (event.key === 'j' ? 0 : numbers.length - 1) : now + (event.key === 'j' ? 1 : -1)];
    next?.focus();
    next?.closest('.entry').scrollIntoView({ block: 'nearest' });
  }
  if (event.key === 'Escape' && !wide.matches) sheet.open = false;
});

const { live, version } = document.body.dataset;
const status = document.querySelector('[data-status]');
if (live && status && window.EventSource) {
  const list = document.querySelector('ol.entries');
  const day = [...list.querySelectorAll('.day h2')].at(-1)?.textContent ?? '';
  const say = words => { if (status.textContent !== words) status.textContent = words; };
  const last = { version, day };

  // A stream that is refused does not tell a script why: a question without an answer's body does.
  const askAgain = async () => {
    const answer = await fetch(live, { method: 'HEAD' }).catch(() => null);
    const full = { 429: 'You follow records in too many windows.', 503: 'Too many people follow records just now.' }[answer?.status];
    const wait = full ? Number(answer.headers.get('Retry-After')) || 30 : 5;
    if (answer?.ok) follow();
    else if (answer && !full) say('No longer live. Reload the page, or type /incident timeline for a fresh link.');
    else {
      say(full ? `Not live. ${full} This one tries again in ${wait} seconds.` : 'The connection broke off. Trying again.');
      setTimeout(askAgain, wait * 1000);
    }
  };

  const show = event => {
    const news = JSON.parse(event.data);
    const part = new DOMParser().parseFromString(`<ol>${news.html}</ol>`, 'text/html').querySelector('ol');
    const entries = part.querySelectorAll(':scope > .entry').length;
    list.querySelector('.empty')?.remove();
    list.append(...part.children);
    [last.version, last.day] = [news.version, news.day];
    document.querySelector('[data-count]').textContent = news.version;
    document.querySelector('[data-hash]').textContent = news.hash;
    if (entries > 0) say(`Live. ${entries} new ${entries === 1 ? 'entry' : 'entries'}, up to number ${news.version}.`);
  };

  const follow = () => {
    const source = new EventSource(`${live}?after=${last.version}&day=${encodeURIComponent(last.day)}`);
    source.addEventListener('open', () => {
      document.body.classList.add('is-live');
      say('Live. New entries appear here.');
    });
    source.addEventListener('error', () => {
      document.body.classList.remove('is-live');
      if (source.readyState === EventSource.CLOSED) askAgain();
      else say('The connection broke off. Trying again.');
    });
    source.addEventListener('entries', show);
  };
  follow();
}
