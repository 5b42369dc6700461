import { repositoryOf, type Source } from './source.ts';

/** Everything about a package on which the text of a file depends. */
export interface Naming {
	/** The package's name. */
	name: string;
	/** Whether the package has this file of the repository, and under which path. */
	placeOf: (path: string) => string | undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Puts the package's name in place of the bundle's, and the package's repository in place of the bundle's where the package
 * has what is linked. An e-mail address stays as it is.
 */
export function rename(source: Source, { name, placeOf }: Naming, text: string): string {
	const bundle = escaped(source.manifest.name);
	const own = repositoryOf(source, name);
	const address = `${escaped(source.url)}(?:/blob/main/([^\\s"'\`)>\\]#]+)|(?=[/#"'\`)>\\]\\s.]|$))`;
	const renamed = text.replace(
		new RegExp(`(?:git\\+)?${address}|(?<![@\\w-])${bundle}(?!\\w|-(?!\\d))`, 'g'),
		(found: string, path?: string) => {
			if (!found.includes('://')) return name;
			if (path === undefined) return found.replace(source.url, own);
			const place = placeOf(path);
			return place === undefined ? found : `${own}/blob/main/${place}`;
		},
	);
	// A package's repository has no forms for issues.
	return renamed.replaceAll(/(\/issues\/new)\?template=[\w.-]+/g, '$1');
}
