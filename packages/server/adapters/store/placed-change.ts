export { placedChange } from '@hongyan/core';
