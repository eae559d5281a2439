// Shows every instant in the viewer's own time zone; the title keeps the UTC that the server wrote.
(() => {
  const absolute = new Intl.DateTimeFormat(undefined, {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'
  });
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' });

  function fromNow(instant) {
    const minutes = Math.round((instant - Date.now()) / 60000);
    if (Math.abs(minutes) < 90) return relative.format(minutes, 'minute');
    if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
    return relative.format(Math.round(minutes / 1440), 'day');
  }

  function show(root) {
    for (const time of root.querySelectorAll('time[datetime]')) {
      const instant = new Date(time.dateTime);
      const text = absolute.format(instant) +
        (time.hasAttribute('data-relative') ? ` (${fromNow(instant)})` : '');
      if (time.textContent !== text) time.textContent = text;
    }
  }

  window.showTimes = show;
  show(document);
  setInterval(() => show(document), 30000);
})();
