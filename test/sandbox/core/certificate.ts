import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and the certificate that goes with it, both as PEM. */
export interface Certificate {
	key: string;
	cert: string;
}

// Tags of ASN.1 (X.690) that a certificate needs.
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';

const DAY_MS = 86_400_000;

/**
 * A self-signed certificate (RFC 5280) for 127.0.0.1 and localhost, valid from yesterday to tomorrow. Made here, because
 * Node cannot make one and the everyday tests need nothing from the system.
 */
export function loopbackCertificate(now = Date.now()): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
	const algorithm = der(SEQUENCE, hex(OBJECT_ID, ECDSA_WITH_SHA256));
	const name = der(
		SEQUENCE,
		der(SET, der(SEQUENCE, hex(OBJECT_ID, COMMON_NAME), text(UTF8_STRING, 'The sandbox of the tests'))),
	);
	const names = der(SEQUENCE, der(IP_ADDRESS, Buffer.from([127, 0, 0, 1])), text(DNS_NAME, 'localhost'));
	const content = der(
		SEQUENCE,
		der(VERSION, der(INTEGER, Buffer.from([2]))),
		// Positive, and different for each certificate.
		der(INTEGER, Buffer.from([1]), randomBytes(8)),
		algorithm,
		name,
		der(SEQUENCE, text(UTC_TIME, utcTime(now - DAY_MS)), text(UTC_TIME, utcTime(now + DAY_MS))),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		der(EXTENSIONS, der(SEQUENCE, der(SEQUENCE, hex(OBJECT_ID, SUBJECT_ALT_NAME), der(OCTET_STRING, names)))),
	);
	const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', content, privateKey));
	const base64 = der(SEQUENCE, content, algorithm, signature).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
		cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
	};
}

/** One value: tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function hex(tag: number, content: string): Buffer {
	return der(tag, Buffer.from(content, 'hex'));
}

function text(tag: number, content: string): Buffer {
	return der(tag, Buffer.from(content, 'utf8'));
}

/** `YYMMDDhhmmssZ` */
function utcTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`;
}
