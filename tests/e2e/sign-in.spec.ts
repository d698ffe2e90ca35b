// Signing in and out at a certified issuer, in a real browser, over TLS with an authority that the configuration trusts.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type Page, expect, test as base } from '@playwright/test';
import { keepPages } from './html';
import { judge, judgeInBoth } from './judge';

interface Town {
  /** Where Plein is. */
  url: string;
  /** Where the issuer is. */
  issuer: string;
}

const test = base.extend<object, { town: Town }>({
  town: [
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'plein-sign-in-'));
      const children: ChildProcess[] = [];
      const abandon = () => children.forEach(child => child.kill('SIGKILL'));
      process.once('exit', abandon);
      try {
        await use(await start(folder, children));
      } finally {
        process.off('exit', abandon);
        abandon();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function start(folder: string, children: ChildProcess[]): Promise<Town> {
  const program = process.env.PLEIN_BIN;
  if (!program) throw new Error('PLEIN_BIN is not set: run the browser tests by `cargo xtask test`');
  const file = (name: string) => path.join(folder, name);
  const openssl = (...options: string[]) => execFileSync('openssl', options, { stdio: 'pipe', cwd: folder });
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tls.key', '-out', 'tls.csr', '-subj', '/CN=localhost');
  writeFileSync(file('san'), 'subjectAltName=DNS:localhost\n');
  openssl('x509', '-req', '-in', 'tls.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'tls.pem', '-days', '2', '-extfile', 'san');
  openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', 'client.key');
  chmodSync(file('client.key'), 0o600);

  const [port, issuerPort] = [await freePort(), await freePort()];
  const [url, issuer] = [`http://localhost:${port}`, `https://localhost:${issuerPort}`];
  writeFileSync(file('plein.toml'), configuration(port, url, issuer));
  // The public key goes to the issuer as an operator would give it.
  const told = execFileSync(program, ['check-config', '--config', file('plein.toml')], { encoding: 'utf8' });
  const jwks = JSON.parse(/public key for the provider: (.*)/.exec(told)?.[1] ?? '');
  const client = {
    client_id: 'plein',
    token_endpoint_auth_method: 'private_key_jwt',
    jwks,
    redirect_uris: [`${url}/aanmelden/terug`],
    post_logout_redirect_uris: [`${url}/aanmelden/afgemeld`],
    backchannel_logout_uri: `${url}/aanmelden/afmelden-door-provider`,
    backchannel_logout_session_required: true,
  };
  const settings = JSON.stringify({ port: issuerPort, certificate: file('tls.pem'), key: file('tls.key'), client });
  await saying(children, spawn(process.execPath, [path.join(__dirname, 'issuer.mjs'), settings]), /issuer is ready/);
  await saying(children, spawn(program, ['serve', '--config', file('plein.toml')]), /Plein listens at/);
  return { url, issuer };
}

function configuration(port: number, url: string, issuer: string): string {
  return `
[server]
listen = "127.0.0.1:${port}"
public_url = "${url}"
[installation]
municipality = "Gemeente Voorbeeld"
privacy_email = "privacy@voorbeeld.example"
fg_email = "fg@voorbeeld.example"
[data]
folder = "data"
master_key_file = "master.key"
[oidc]
issuer = "${issuer}"
client_id = "plein"
authentication = "private_key_jwt"
key_file = "client.key"
assertion_audience = "issuer"
ca_file = "ca.pem"
userinfo = true
[[oidc.group]]
group = "LIP-Vergunningen"
department = "Vergunningen"
roles = ["member"]
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function saying(children: ChildProcess[], child: ChildProcess, ready: RegExp): Promise<void> {
  children.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (piece: Buffer) => {
      said += piece;
      if (ready.test(said)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', code => reject(new Error(`ended by itself (${code}):\n${said}`)));
  });
}

async function newPage(browser: Browser, town: Town): Promise<Page> {
  // The browser of a test does not know the authority; Plein does, and that is what counts.
  const context = await browser.newContext({ baseURL: town.url, ignoreHTTPSErrors: true });
  keepPages(context, town.url);
  return context.newPage();
}

/** At the issuer: who one is, and that Plein may know. */
async function signInAtIssuer(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('whatever');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('somebody signs in at the issuer, comes where they wanted to be, and signs out at both', async ({ browser, town }) => {
  const page = await newPage(browser, town);
  await page.goto('/signalen?volgorde=changed');
  await expect(page).toHaveURL(/\/aanmelden\?naar=/);
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(page, 'Anna+LIP-Vergunningen');
  // A purpose is asked for first; the address is the one that was wanted.
  await expect(page).toHaveURL(`${town.url}/signalen?volgorde=changed`);
  await expect(page.getByText('Anna', { exact: true })).toBeVisible();
  const cookies = (await page.context().cookies(town.url)).filter(cookie => cookie.domain === 'localhost' && cookie.name.startsWith('__Host-plein'));
  expect(cookies.map(cookie => [cookie.name, cookie.httpOnly, cookie.secure])).toEqual([['__Host-plein', true, true]]);

  await page.getByRole('button', { name: 'Afmelden' }).click();
  // Without a hint of who it is, the issuer asks.
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(page).toHaveURL(`${town.url}/aanmelden/afgemeld`);
  await expect(page.getByRole('heading', { name: 'U bent afgemeld' })).toBeVisible();
  await page.goto('/signalen');
  await expect(page).toHaveURL(/\/aanmelden\?naar=/);
  await page.context().close();
});

test('who signs out at the issuer alone is signed out here by its word', async ({ browser, town }) => {
  const page = await newPage(browser, town);
  await page.goto('/aanmelden');
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(page, 'Bram+LIP-Vergunningen');
  await expect(page).toHaveURL(`${town.url}/`);
  await page.goto(`${town.issuer}/session/end`);
  await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  await expect(page).toHaveURL(`${town.issuer}/session/end/success`);
  await page.goto(`${town.url}/`);
  await expect(page).toHaveURL(/\/aanmelden/);
  await page.context().close();
});

test('whom no group lets in is told that they wait', async ({ browser, town }) => {
  const page = await newPage(browser, town);
  await page.goto('/aanmelden');
  await page.getByRole('link', { name: 'Aanmelden met uw werkaccount' }).click();
  await signInAtIssuer(page, 'Dirk+Kantine');
  await expect(page.getByRole('heading', { name: 'U hebt nog geen toegang' })).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL(/\/aanmelden/);
  await page.context().close();
});

test('the pages of signing in and out are free of what axe finds, by keyboard too', async ({ browser, town }) => {
  test.slow();
  const page = await newPage(browser, town);
  await page.goto('/aanmelden');
  await judgeInBoth(page, '/aanmelden');
  await judgeInBoth(page, '/aanmelden/afgemeld');
  // Nobody began this here, or another window did.
  await judgeInBoth(page, '/aanmelden/terug?state=nobody');
  await expect(page.getByRole('main').getByRole('link').first()).toHaveAttribute('href', /^\/aanmelden/);
  await page.goto('/aanmelden');
  const button = page.getByRole('link', { name: 'Aanmelden met uw werkaccount' });
  for (let tabs = 0; tabs < 12 && !(await button.evaluate(one => one === document.activeElement)); tabs += 1) await page.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await signInAtIssuer(page, 'Dirk+Kantine');
  await expect(page.getByRole('heading', { name: 'U hebt nog geen toegang' })).toBeVisible();
  await judge(page, 'who waits for access');
  await page.context().close();
});
