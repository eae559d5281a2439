// Camunda's web applications show a sign-in of their own when the session ends; nobody has a password there.
// They change the address without telling, so it is looked at twice a second.
setInterval(() => {
  if (location.hash.startsWith('#/login')) location.replace('/login');
}, 500);
