import { dirname, join, relative } from 'node:path/posix';

import type { Naming } from './rename.ts';
import type { Source } from './source.ts';

const PICTURE = /\.(png|svg)$/;

/** The target of a link or a picture, in Markdown or in HTML. */
const TARGET = /(\]\(|\b(?:src|srcset)=")([^)\s"]+)([)"])/g;

/**
 * Lets the links of a page lead to the same places from another page of a package; what the package does not have is in the
 * repository of the bundle. That holds for pictures: n8n's tool would copy each of them into what is published.
 *
 * @param page the path of the page in the repository
 * @param place its path in the package
 */
export function moveLinks(
	{ url }: Source,
	{ placeOf }: Naming,
	{ page, place, text }: { page: string; place: string; text: string },
): string {
	return text.replace(TARGET, (link, open: string, target: string, close: string) => {
		if (isElsewhere(target) || target.startsWith('#')) return link;
		const [path = '', anchor] = target.split('#');
		const meant = join(dirname(page), path);
		const found = placeOf(meant);
		// A page that has become a part of another one keeps none of its headings.
		const kept = found === undefined || found === meant ? anchor : undefined;
		const view = PICTURE.test(meant) ? 'raw' : 'blob';
		const moved = found === undefined ? `${url}/${view}/main/${meant}` : relative(dirname(place), found);
		return open + moved + (kept === undefined ? '' : `#${kept}`) + close;
	});
}

/** How GitHub makes the anchor of a heading. */
export function anchorOf(heading: string): string {
	return heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replaceAll(' ', '-');
}

function isElsewhere(target: string): boolean {
	return /^[a-z]+:/.test(target);
}
