// Shows every instant in the viewer's own time zone and lets what is left tick; the title keeps the UTC that the server
// wrote. Now is the server's, where the page says it: a wall screen's own clock may be wrong.
(() => {
  const zone = { hourCycle: 'h23' };
  const day = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', ...zone };
  const absolute = new Intl.DateTimeFormat(undefined, day);
  const precise = new Intl.DateTimeFormat(undefined, { ...day, second: '2-digit' });
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', ...zone });
  const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', ...zone });
  const shortDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' });
  let ahead = 0;
  let told = null;

  function now() {
    const stamp = document.querySelector('[data-now]')?.dataset.now;
    if (stamp && stamp !== told) {
      told = stamp;
      ahead = Date.parse(stamp) - Date.now();
    }
    return Date.now() + ahead;
  }

  function fromNow(instant) {
    const minutes = Math.round((instant - now()) / 60000);
    if (Math.abs(minutes) < 90) return relative.format(minutes, 'minute');
    if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), 'hour');
    return relative.format(Math.round(minutes / 1440), 'day');
  }

  // The same words as the server's.
  function duration(millis) {
    const minutes = Math.floor(Math.abs(millis) / 60000);
    const hours = Math.floor(minutes / 60);
    if (minutes < 1) return 'less than 1 min';
    if (hours < 1) return `${minutes} min`;
    return hours < 72 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
  }

  function left(instant) {
    const millis = instant - now();
    return millis < 0 ? `limit passed ${duration(millis)} ago` : `${duration(millis)} left`;
  }

  function words(time, instant) {
    const says = time.dataset;
    if ('left' in says) return left(instant);
    if ('ago' in says) return `${duration(now() - instant)} ago`;
    if ('until' in says) return duration(instant - now());
    if ('hour' in says) return hour.format(instant);
    if ('seconds' in says) return precise.format(instant);
    if ('hourMinute' in says) {
      const isSoon = Math.abs(instant - now()) < 12 * 3600000;
      return (isSoon ? '' : `${shortDay.format(instant)} `) + clock.format(instant);
    }
    return absolute.format(instant) + ('relative' in says ? ` (${fromNow(instant)})` : '');
  }

  function show(root) {
    for (const time of root.querySelectorAll('time[datetime]')) {
      const text = words(time, new Date(time.dateTime));
      if (time.textContent !== text) time.textContent = text;
    }
  }

  window.showTimes = show;
  show(document);
  setInterval(() => show(document), 10000);
})();
