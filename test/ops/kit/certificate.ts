import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { findProgram } from './programs.ts';

export interface CertificateFiles {
  certificate: string;
  key: string;
  /** Both, as HAProxy wants them. */
  bundle: string;
}

const LOCAL = ['localhost', '*.localhost', '127.0.0.1'];

/** A certificate for `hosts` in `directory`, in which this process believes from now on. It needs openssl. */
export async function makeCertificate(directory: string, hosts = LOCAL): Promise<CertificateFiles> {
  const files = {
    certificate: join(directory, 'certificate.pem'),
    key: join(directory, 'key.pem'),
    bundle: join(directory, 'bundle.pem'),
  };
  const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`);
  const subject = ['-subj', `/CN=${hosts[0]}`, '-addext', `subjectAltName=${names}`];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const made = ['-keyout', files.key, '-out', files.certificate];
  await promisify(execFile)(findProgram('openssl'), ['req', '-x509', ...kind, ...subject, ...made]);
  const texts = await Promise.all([readFile(files.certificate, 'utf8'), readFile(files.key, 'utf8')]);
  await writeFile(files.bundle, texts.join(''));
  setDefaultCACertificates([texts[0]]);
  return files;
}
