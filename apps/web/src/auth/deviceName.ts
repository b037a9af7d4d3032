const browsers = ['Edg', 'Firefox', 'Chrome', 'Safari'];
const systems = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'];

/** How this device is listed for its owner, for example `Chrome · Linux`. */
export function deviceName(userAgent = navigator.userAgent): string {
  const browser = browsers.find((name) => userAgent.includes(name)) ?? 'Browser';
  const system = systems.find((name) => userAgent.includes(name));
  return [browser === 'Edg' ? 'Edge' : browser, system].filter(Boolean).join(' · ');
}
