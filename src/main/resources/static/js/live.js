// Keeps the parts marked data-live fresh: fetches this page again and takes over the parts that differ. Where the page
// names a stream, it does so when the server says that something changed; else every few seconds.
(() => {
  const EVERY_MS = 5000;
  const SILENCE_MS = 40000;
  const PAST_MS = 60000;
  const stream = document.querySelector('[data-stream]')?.dataset.stream;
  const said = new Map([...document.querySelectorAll('[data-live]')].map(part => [part.id, plain(part)]));
  let fetching = false;
  let pastAt = Date.now();
  let again = false;

  // Each page carries other tokens against forgery; that alone is no news.
  function plain(part) {
    return part.outerHTML.replace(/(name="_csrf" value=")[^"]*/g, '$1');
  }

  function isInForm(part) {
    const at = document.activeElement;
    return part.contains(at) && at.closest('form') !== null;
  }

  function takeOver(fresh) {
    let changed = false;
    for (const part of document.querySelectorAll('[data-live]')) {
      const other = fresh.getElementById(part.id);
      if (!other || isInForm(part)) continue;
      const says = plain(other);
      if (said.get(part.id) === says) continue;
      said.set(part.id, says);
      replace(part, other);
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

  // What was unfolded or chosen stays so, and so does the focus.
  function replace(part, other) {
    const unfolded = [...part.querySelectorAll('details[open][id]')].map(details => details.id);
    const chosen = [...part.querySelectorAll('select[id]')].map(select => [select.id, select.value]);
    const at = part.contains(document.activeElement) ? document.activeElement : null;
    const link = at?.getAttribute('href');
    const folder = at?.closest('details')?.id;
    part.innerHTML = other.innerHTML;
    unfolded.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
    chosen.filter(([, value]) => value).forEach(([id, value]) => {
      const select = document.getElementById(id);
      if (select) select.value = value;
    });
    if (link) part.querySelector(`[href="${CSS.escape(link)}"]`)?.focus({ preventScroll: true });
    else if (at && folder) document.getElementById(folder)?.querySelector('summary')?.focus({ preventScroll: true });
  }

  async function freshen() {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      const headers = { Accept: 'text/html' };
      // what is counted of the past changes slowly and costs more
      if (stream && Date.now() - pastAt < PAST_MS) headers['X-Only'] = 'now';
      else pastAt = Date.now();
      const answer = await fetch(location.href, { headers, redirect: 'error' });
      if (!stream) say(answer.ok ? '' : '– not refreshed, trying again');
      if (answer.ok) takeOver(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch (away) {
      if (!stream) say('– not connected, trying again');
      console.info('not refreshed', away);
    }
    fetching = false;
    if (again) {
      again = false;
      freshen();
    }
  }

  async function poll() {
    if (!document.hidden) await freshen();
    setTimeout(poll, EVERY_MS);
  }

  function listen() {
    let source;
    let heardAt;

    function heard() {
      heardAt = Date.now();
      say('');
    }

    function connect() {
      source?.close();
      source = new EventSource(stream);
      heardAt = Date.now();
      source.addEventListener('heartbeat', heard);
      source.addEventListener('changed', () => {
        heard();
        freshen();
      });
      source.addEventListener('open', freshen);
      source.addEventListener('error', () => say('– not connected, trying again'));
    }

    // A closed or silent connection may never say so.
    setInterval(() => {
      if (source.readyState === EventSource.CLOSED || Date.now() - heardAt > SILENCE_MS) {
        say('– not connected, trying again');
        connect();
      }
    }, 10000);
    addEventListener('pagehide', () => source.close());
    addEventListener('pageshow', event => event.persisted && connect());
    connect();
  }

  function say(words) {
    for (const place of document.querySelectorAll('.connection')) {
      if (place.textContent !== words) place.textContent = words;
    }
  }

  if (stream) listen();
  else setTimeout(poll, EVERY_MS);
})();
