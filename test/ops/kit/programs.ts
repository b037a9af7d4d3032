import { existsSync } from 'node:fs';

const folders = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];

/** The Debian packages of the programs that these tests run. */
const packages = {
  haproxy: 'haproxy',
  nginx: 'nginx libnginx-mod-stream',
  openssl: 'openssl',
  'systemd-analyze': 'systemd',
};

/** Where the program is. Throws, with what to install, when it is not there. */
export function findProgram(name: keyof typeof packages): string {
  const place = folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
  if (place === undefined)
    throw new Error(`no ${name} in ${folders.join(', ')}; Debian: apt-get install ${packages[name]}`);
  return place;
}
