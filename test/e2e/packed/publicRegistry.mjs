import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer as createRegistry } from 'node:https';
import { connect } from 'node:net';
import { basename, join } from 'node:path';

import { Complaint } from '../../../demo/complaint.mjs';
import { run } from '../../../demo/processes.mjs';
import { demandSystem } from '../../../demo/system.mjs';

const REGISTRY = 'registry.npmjs.org';
const LOOPBACK = '127.0.0.1';

/**
 * Stands on loopback in the place of npm's public registry, which is where n8n's installer takes packages from: a proxy that
 * leads to nowhere but here, and the registry behind it, with one package in it.
 *
 * @typedef {object} PublicRegistry
 * @property {Record<string, string>} settings environment variables that lead n8n and its npm here
 * @property {Array<{ path: string, agent: string }>} requests what the registry was asked, and by whom
 * @property {Set<string>} refused the other hosts that somebody wanted to reach
 * @property {() => void} close
 */

/**
 * @param {string} folder takes the certificate, and npm's cache
 * @param {{ manifest: { name: string, version: string }, tarball: string }} published
 * @returns {Promise<PublicRegistry>}
 */
export async function standInForPublicRegistry(folder, { manifest, tarball }) {
	const certificate = await makeCertificate(folder);
	const requests = [];
	const registry = createRegistry(
		{ key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) },
		(request, response) => {
			requests.push({ path: request.url, agent: request.headers['user-agent'] ?? '' });
			serve(request.url, response, { manifest, tarball });
		},
	);
	await listen(registry);

	const refused = new Set();
	const sockets = new Set();
	const proxy = createProxy((_request, response) => response.writeHead(502).end());
	proxy.on('connect', (request, socket, head) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		if (request.url !== `${REGISTRY}:443`) {
			refused.add(request.url);
			socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
			return;
		}
		const tunnel = connect(registry.address().port, LOOPBACK, () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			tunnel.write(head);
			tunnel.pipe(socket).pipe(tunnel);
		});
		tunnel.on('error', () => socket.destroy());
		socket.on('close', () => tunnel.destroy());
	});
	await listen(proxy);

	return {
		settings: {
			HTTPS_PROXY: `http://${LOOPBACK}:${proxy.address().port}`,
			NO_PROXY: `${LOOPBACK},localhost`,
			NODE_EXTRA_CA_CERTS: certificate.cert,
			npm_config_cafile: certificate.cert,
			npm_config_cache: join(folder, 'npm-cache'),
			// What the user has set for npm at home would lead it elsewhere.
			npm_config_userconfig: join(folder, 'no-npmrc'),
			npm_config_update_notifier: 'false',
		},
		requests,
		refused,
		close: () => {
			for (const socket of sockets) socket.destroy();
			proxy.close();
			registry.close();
			registry.closeAllConnections();
		},
	};
}

async function listen(server) {
	server.listen(0, LOOPBACK);
	await once(server, 'listening');
}

/** The three answers that npm asks for: all versions, one version, and the file. */
function serve(path, response, { manifest, tarball }) {
	const { name, version } = manifest;
	const file = `/${name}/-/${basename(tarball)}`;
	const bytes = readFileSync(tarball);
	const hash = (algorithm, encoding) => createHash(algorithm).update(bytes).digest(encoding);
	const entry = {
		...manifest,
		_id: `${name}@${version}`,
		dist: {
			tarball: `https://${REGISTRY}${file}`,
			integrity: `sha512-${hash('sha512', 'base64')}`,
			shasum: hash('sha1', 'hex'),
		},
	};
	const answers = {
		[`/${name}`]: { name, 'dist-tags': { latest: version }, versions: { [version]: entry } },
		[`/${name}/latest`]: entry,
		[`/${name}/${version}`]: entry,
	};
	if (path === file) {
		response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
	} else if (path in answers) {
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[path]));
	} else {
		response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not found"}');
	}
}

/** Valid for a day and trusted by nobody but what is told to. */
async function makeCertificate(folder) {
	const [openssl] = await demandSystem([{ package: 'openssl', commands: ['openssl'] }]);
	const key = join(folder, 'registry.key');
	const cert = join(folder, 'registry.pem');
	const { code, output } = await run(
		openssl,
		[
			...[
				'req',
				'-x509',
				'-newkey',
				'ec',
				'-pkeyopt',
				'ec_paramgen_curve:prime256v1',
				'-nodes',
				'-days',
				'1',
			],
			...['-subj', `/CN=${REGISTRY}`, '-addext', `subjectAltName=DNS:${REGISTRY}`],
			...['-keyout', key, '-out', cert],
		],
		{ cwd: folder },
	);
	if (code !== 0) throw new Complaint(`${output.trim()}\n\nopenssl could not make a certificate.`);
	return { key, cert };
}
