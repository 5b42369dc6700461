import { excerpt } from '../util/excerpt';
import type { Quote } from '../util/excerpt';

/** Shorter texts would blot out ordinary words. */
const MIN_SECRET_LENGTH = 4;

/** From this length on, a secret is known for one even where markup or line breaks have got into it. */
const MIN_BROKEN_LENGTH = 8;

/** The values of authorization headers; a word such as "Basic Contracts" is not one of them. */
const HEADER = /\b(Bearer|Basic)\s+(?=[\w.~+/-]*[\d=+/_.~-])[\w.~+/=-]{8,}/gi;

const HIDDEN = '***';

/**
 * A function that replaces every given secret in a text, in the clear, URL-encoded or escaped for JSON, and bearer and Basic
 * headers. For texts from outside: what the user has given may hold the same letters.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const forms = new Set<string>();
	for (const secret of secrets.map((text) => text.trim())) {
		if (secret.length < MIN_SECRET_LENGTH) continue;
		for (const form of formsOf(secret)) forms.add(form);
	}
	const ordered = [...forms].sort((a, b) => b.length - a.length);
	return (text) =>
		ordered
			.reduce((result, secret) => result.split(secret).join(HIDDEN), text)
			.replace(HEADER, `$1 ${HIDDEN}`);
}

function formsOf(secret: string): string[] {
	const escaped = JSON.stringify(secret).slice(1, -1);
	const ascii = escaped.replace(
		/[\u0080-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return [
		secret,
		encoded(secret),
		...[escaped, ascii].flatMap((form) => [form, form.replaceAll('/', '\\/')]),
	];
}

function encoded(secret: string): string {
	try {
		return encodeURIComponent(secret);
	} catch {
		return secret;
	}
}

/**
 * A quote for texts that may hold these secrets. Secrets are cleared first, because a cut could leave half of one. Each text
 * is worked on once, however many targets share it.
 */
export function quoter(secrets: readonly string[]): Quote {
	const clear = redactor(secrets);
	const long = secrets.map(squeezed).filter(({ length }) => length >= MIN_BROKEN_LENGTH);
	const known = new Map<string, string>();
	return (text) => {
		let quote = known.get(text);
		if (quote === undefined) {
			quote = excerpt(clear(text));
			const solid = squeezed(quote);
			if (long.some((secret) => solid.includes(secret))) quote = HIDDEN;
			known.set(text, quote);
		}
		return quote;
	};
}

function squeezed(text: string): string {
	return text.replace(/\s+/g, '');
}
