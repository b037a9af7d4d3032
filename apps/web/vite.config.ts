import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const server = 'http://localhost:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'emoji-picker' } } }),
    tailwindcss(),
  ],
  define: { __VUE_OPTIONS_API__: 'false' },
  // Emoji data stays a file of its own, and nothing becomes a data: URL that the page's policy would refuse.
  build: {
    outDir: 'dist',
    target: 'es2024',
    assetsInlineLimit: 0,
    // Libraries change less often than the client, so that browsers keep them over an update.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'vendor', test: /node_modules[\\/](?!emoji-picker)/ }] } },
    },
  },
  server: { proxy: { '/v1': { target: server, ws: true } } },
});
