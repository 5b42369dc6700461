import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer as createRegistry } from 'node:https';
import { connect } from 'node:net';
import { basename, join } from 'node:path';

import { run } from '../../../demo/processes.mjs';
import { requirePrograms } from '../../../demo/system.mjs';
import { UserError } from '../../../demo/userError.mjs';

const REGISTRY = 'registry.npmjs.org';
const LOOPBACK = '127.0.0.1';

/**
 * A stand-in on loopback for npm's public registry, from which n8n's installer takes packages: a proxy that leads only here,
 * and a registry behind it with a few packages.
 *
 * @typedef {object} PublicRegistry
 * @property {Record<string, string>} settings environment variables that direct n8n and its npm here
 * @property {Array<{ path: string, agent: string }>} requests the requests to the registry, with their user agent
 * @property {Set<string>} refused the other hosts that were requested
 * @property {() => void} close
 */

/**
 * @param {string} folder receives the certificate and npm's cache
 * @param {Array<{ manifest: { name: string, version: string }, tarball: string }>} published
 * @returns {Promise<PublicRegistry>}
 */
export async function standInForPublicRegistry(folder, published) {
	const certificate = await makeCertificate(folder);
	const requests = [];
	const registry = createRegistry(
		{ key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) },
		(request, response) => {
			requests.push({ path: request.url, agent: request.headers['user-agent'] ?? '' });
			serve(request.url, response, published);
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
			// The user's own npm settings would direct it elsewhere.
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

function serve(path, response, published) {
	const answer = published.flatMap(answersOf).find(({ paths }) => paths.includes(path));
	if (answer?.file !== undefined) {
		response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer.file);
	} else if (answer !== undefined) {
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
	} else {
		response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Not found"}');
	}
}

/** The three answers that npm needs for a package: all versions, one version, and the file. */
function answersOf({ manifest, tarball }) {
	const { name, version } = manifest;
	const path = `/${name}/-/${basename(tarball)}`;
	const file = readFileSync(tarball);
	const hash = (algorithm, encoding) => createHash(algorithm).update(file).digest(encoding);
	const entry = {
		...manifest,
		_id: `${name}@${version}`,
		dist: {
			tarball: `https://${REGISTRY}${path}`,
			integrity: `sha512-${hash('sha512', 'base64')}`,
			shasum: hash('sha1', 'hex'),
		},
	};
	return [
		{
			paths: [`/${name}`],
			json: { name, 'dist-tags': { latest: version }, versions: { [version]: entry } },
		},
		{ paths: [`/${name}/latest`, `/${name}/${version}`], json: entry },
		{ paths: [path], file },
	];
}

/** Makes a self-signed certificate that is valid for a day. */
async function makeCertificate(folder) {
	const [openssl] = await requirePrograms([{ package: 'openssl', commands: ['openssl'] }]);
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
	if (code !== 0) throw new UserError(`${output.trim()}\n\nopenssl could not make a certificate.`);
	return { key, cert };
}
