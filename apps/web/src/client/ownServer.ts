/** Where this web client is, as links name it. */
export const ownServer = (location.origin + location.pathname).replace(/\/+$/, '');
