import { generateKeyPairSync, sign } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import type { Server as TlsServer } from 'node:tls';

/** A private key and its certificate, both in PEM. */
export interface Identity {
	key: string;
	cert: string;
}

const HOUR_MS = 60 * 60 * 1000;

let identity: Identity | undefined;

/**
 * A self-signed certificate for `localhost` and 127.0.0.1, valid for a day (RFC 5280, section 4.1). Made anew in each
 * process, so no key lies in a file. Node signs, but does not write certificates, hence the few lines of DER below.
 */
export function selfSigned(): Identity {
	identity ??= newIdentity();
	return identity;
}

/** Opens a TLS port on loopback in front of a server for HTTP. Port 0 takes a free one. */
export async function openTlsDoor(server: Server, port = 0): Promise<{ door: TlsServer; origin: string }> {
	const door = createServer(selfSigned(), (socket) => server.emit('connection', socket));
	await new Promise<void>((resolve) => door.listen(port, '127.0.0.1', resolve));
	return { door, origin: `https://127.0.0.1:${(door.address() as AddressInfo).port}` };
}

function newIdentity(): Identity {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(oid(ECDSA_WITH_SHA256));
	const name = sequence(der(SET, sequence(oid(COMMON_NAME), der(UTF8_STRING, Buffer.from('localhost')))));
	const now = Date.now();
	const body = sequence(
		der(VERSION, integer(2)),
		integer(1),
		algorithm,
		name,
		sequence(utcTime(now - HOUR_MS), utcTime(now + 24 * HOUR_MS)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(
			EXTENSIONS,
			sequence(
				extension(BASIC_CONSTRAINTS, sequence(der(BOOLEAN, Buffer.from([0xff])))),
				extension(
					ALTERNATIVE_NAMES,
					sequence(der(DNS_NAME, Buffer.from('localhost')), der(IP_ADDRESS, Buffer.from([127, 0, 0, 1]))),
				),
			),
		),
	);
	const signature = sign('sha256', body, privateKey);
	const certificate = sequence(body, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
	};
}

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
/** Tags of a certificate's own (RFC 5280, sections 4.1 and 4.2.1.6). */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const BASIC_CONSTRAINTS = '551d13';
const ALTERNATIVE_NAMES = '551d11';

/** A value with its tag and its length (X.690, section 8.1). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
	return der(SEQUENCE, ...parts);
}

function integer(value: number): Buffer {
	return der(INTEGER, Buffer.from([value]));
}

/** An object identifier, from its encoded digits in hexadecimal. */
function oid(hex: string): Buffer {
	return der(OBJECT_IDENTIFIER, Buffer.from(hex, 'hex'));
}

function extension(id: string, value: Buffer): Buffer {
	return sequence(oid(id), der(OCTET_STRING, value));
}

function utcTime(millis: number): Buffer {
	const digits = new Date(millis).toISOString().replace(/\D/g, '');
	return der(UTC_TIME, Buffer.from(`${digits.slice(2, 14)}Z`));
}
