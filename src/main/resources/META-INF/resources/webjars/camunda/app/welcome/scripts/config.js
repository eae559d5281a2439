// The place that Camunda provides for settings of Welcome: our name, and our sign-in.
import '/js/our-sign-in.js';

export default {
  app: { name: 'Welcome', vendor: 'Tumor board' },
  disableWelcomeMessage: true
};
