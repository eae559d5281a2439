// Keeps the parts marked data-live fresh: fetches this page again and takes over the parts that differ.
(() => {
  const EVERY_MS = 5000;

  function takeOver(fresh) {
    let changed = false;
    for (const part of document.querySelectorAll('[data-live]')) {
      const other = fresh.getElementById(part.id);
      if (!other) continue;
      const before = part.dataset.said ?? '';
      const said = other.outerHTML;
      if (before === said) continue;
      part.dataset.said = said;
      if (part.contains(document.activeElement)) {
        const link = document.activeElement.getAttribute('href');
        part.innerHTML = other.innerHTML;
        if (link) part.querySelector(`[href="${CSS.escape(link)}"]`)?.focus();
      } else {
        part.innerHTML = other.innerHTML;
      }
      for (const name of ['data-places', 'data-model']) {
        if (other.hasAttribute(name)) part.setAttribute(name, other.getAttribute(name));
      }
      changed = true;
    }
    if (changed) {
      window.showTimes?.(document);
      document.dispatchEvent(new Event('freshened'));
    }
  }

  async function freshen() {
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, redirect: 'error' });
        if (answer.ok) takeOver(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } catch (away) {
        console.info('not refreshed', away);
      }
    }
    setTimeout(freshen, EVERY_MS);
  }

  setTimeout(freshen, EVERY_MS);
})();
