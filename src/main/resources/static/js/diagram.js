// Draws the phase's model and marks where the case stands; both are named by the server on #places.
(() => {
  // The viewer writes style attributes, which our content policy forbids; as properties of the element they are allowed.
  const html = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML');
  Object.defineProperty(Element.prototype, 'innerHTML', {
    ...html,
    set(text) {
      html.set.call(this, String(text).replaceAll(' style="', ' data-style="'));
      this.querySelectorAll('[data-style]').forEach(part => { part.style.cssText = part.dataset.style; });
    }
  });
  const setAttribute = Element.prototype.setAttributeNS;
  Element.prototype.setAttributeNS = function (space, name, value) {
    if (name === 'style') this.style.cssText = value;
    else setAttribute.call(this, space, name, value);
  };

  const LEGIBLE = 0.75;
  const places = document.getElementById('places');
  const viewer = new BpmnJS({ container: '#diagram' });
  const canvas = viewer.get('canvas');
  let drawn = null;
  let marked = [];

  async function draw() {
    const model = places.dataset.model;
    if (model !== drawn) {
      drawn = model;
      marked = [];
      const answer = await fetch(model);
      if (!answer.ok) return;
      await viewer.importXML(await answer.text());
      canvas.zoom('fit-viewport', 'auto');
      mark((places.dataset.places ?? '').split(' ').filter(Boolean));
      comeCloser();
    }
    mark((places.dataset.places ?? '').split(' ').filter(Boolean));
  }

  function mark(ids) {
    const registry = viewer.get('elementRegistry');
    marked.forEach(id => canvas.removeMarker(id, 'stands-here'));
    marked = ids.filter(id => registry.get(id));
    marked.forEach(id => canvas.addMarker(id, 'stands-here'));
  }

  // A large model that fits whole cannot be read: then the place where the case stands is shown.
  function comeCloser() {
    const here = viewer.get('elementRegistry').get(marked[0]);
    if (here && canvas.zoom() < LEGIBLE) {
      canvas.zoom(LEGIBLE);
      const box = canvas.viewbox();
      canvas.viewbox({
        x: here.x + here.width / 2 - box.width / 2,
        y: here.y + here.height / 2 - box.height / 2,
        width: box.width,
        height: box.height
      });
    }
  }

  function zoom(how) {
    if (how === 'fit') canvas.zoom('fit-viewport', 'auto');
    else viewer.get('zoomScroll').stepZoom(how === 'in' ? 1 : -1);
  }

  document.querySelectorAll('[data-zoom]').forEach(button =>
    button.addEventListener('click', () => zoom(button.dataset.zoom)));
  document.addEventListener('freshened', draw);
  draw();
})();
