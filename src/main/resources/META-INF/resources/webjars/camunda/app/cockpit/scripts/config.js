// The place that Camunda provides for settings of Cockpit: our name, and our sign-in.
import '/js/our-sign-in.js';

export default {
  app: { name: 'Cockpit', vendor: 'Tumor board' },
  disableWelcomeMessage: true
};
