// Runs before the first paint, so that a kept dark theme never flashes white. A file of its own: the page allows no inline scripts.
const keptTheme = localStorage.getItem('hongyan.theme');
if (keptTheme === 'light' || keptTheme === 'dark') document.documentElement.dataset.theme = keptTheme;
