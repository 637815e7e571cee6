export default {
  base: './',
  build: { rollupOptions: { input: ['index.html', 'with-element.html', 'with-workers.html'] } },
}
