import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import { loadPackage } from '../../engine/engine';
import { PAGES_URL } from './pages';

/** One name that the editor shows. */
export interface EditorName {
	text: string;
	/** Where it stands, such as `operation`, `filters.startedAfter` or `options.sort = newestFirst`. */
	place: string;
	/** Whether a page has to name it: a value in a list, a notice or a way to give a value is explained where it is needed. */
	isDocumented: boolean;
}

/** A node with all its names, and those of its credentials. */
export interface NodeNames {
	node: string;
	/** The page that its documentation address leads to, such as docs/unifier.md. */
	page: string;
	names: EditorName[];
	credentials: EditorName[];
}

/** The names of all nodes and credentials, from the built package as n8n loads it. */
export async function loadNames(): Promise<NodeNames[]> {
	const loader = await loadPackage();
	return loader.types.nodes.map(({ name }) => {
		const { type } = loader.getNode(name);
		const { description } = 'nodeVersions' in type ? type.nodeVersions[type.currentVersion]! : type;
		const { displayName, properties, credentials = [] } = description;
		const [address = { url: '' }] = description.codex?.resources?.primaryDocumentation ?? [];
		return {
			node: name,
			page: address.url.replace(PAGES_URL, '').replace(/#.*/, ''),
			names: [
				// n8n adds the second one where it makes a tool of a node.
				...[displayName, `${displayName} Tool`].map((text) => shown(text, 'node', false)),
				...namesIn(properties),
			],
			credentials: credentials.flatMap((use) => {
				const credential = loader.getCredential(use.name).type;
				return [shown(credential.displayName, use.name), ...namesIn(credential.properties, `${use.name}.`)];
			}),
		};
	});
}

const shown = (text: string, place: string, isDocumented = true): EditorName => ({
	text,
	place,
	isDocumented,
});

/** What every n8n node has: fields that lead to others, and those that n8n adds to each declarative node. */
const COMMON_TO_N8N = /^(resource|operation|options|filters|requestOptions(\..*)?)$/;

function namesIn(properties: INodeProperties[], prefix = ''): EditorName[] {
	return properties
		.filter(({ type }) => type !== 'hidden')
		.flatMap((property) => {
			const place = prefix + property.name;
			const isDocumented = property.type !== 'notice' && !COMMON_TO_N8N.test(place);
			const button = property.placeholder?.startsWith('Add ')
				? [shown(property.placeholder, place, false)]
				: [];
			const modes = (property.modes ?? []).map((mode) =>
				shown(mode.displayName, `${place} (${mode.name})`, false),
			);
			const entries = (property.options ?? []).flatMap((entry) => namesOfEntry(entry, place));
			return [shown(property.displayName, place, isDocumented), ...button, ...modes, ...entries];
		});
}

type Entry = INodePropertyOptions | INodeProperties | INodePropertyCollection;

function namesOfEntry(entry: Entry, place: string): EditorName[] {
	if ('values' in entry) {
		return [
			shown(entry.displayName, `${place}.${entry.name}`, false),
			...namesIn(entry.values, `${place}.${entry.name}.`),
		];
	}
	if ('type' in entry) return namesIn([entry], `${place}.`);
	// Resources and operations are what a page is about; other values are only named where they need a word.
	const isDocumented = ['resource', 'operation'].includes(place);
	const actions = 'action' in entry && entry.action ? [shown(entry.action, `${place} (action)`, false)] : [];
	return [shown(entry.name, `${place} = ${String(entry.value)}`, isDocumented), ...actions];
}

/** The places of names that most nodes have, which a page about all systems may explain once. */
export function sharedPlaces(nodes: NodeNames[]): Set<string> {
	const counts = new Map<string, number>();
	for (const { names } of nodes) {
		for (const place of new Set(names.map((name) => name.place))) {
			counts.set(place, (counts.get(place) ?? 0) + 1);
		}
	}
	return new Set([...counts].filter(([, count]) => count > nodes.length / 2).map(([place]) => place));
}
