// The place that Camunda provides for settings of Admin: our name, and our sign-in.
import '/js/our-sign-in.js';

export default {
  app: { name: 'Admin', vendor: 'Tumor board' },
  disableWelcomeMessage: true
};
