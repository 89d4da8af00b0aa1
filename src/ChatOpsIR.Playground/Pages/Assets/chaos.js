// Moves the chaos switches. The page is drawn again by the change that this causes.
async function set(what) {
  await fetch('/playground/api/chaos', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(what) }).catch(() => null);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-trouble], [data-calm]');
  if (!button) return;
  const name = button.dataset.trouble;
  set(name ? { [name]: button.getAttribute('aria-checked') !== 'true' } : { calm: true });
});

document.addEventListener('change', (event) => {
  const name = event.target.dataset.level;
  if (name) set({ [name]: Number(event.target.value) });
});
