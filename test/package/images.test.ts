import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const MODULE = '../e2e/versions/images.mjs';

interface Images {
	readTags: (hub: string) => Promise<string[]>;
	newerImages: (tags: string[], tested: string[]) => string[];
	newestImage: (tags: string[]) => string | undefined;
	missingOnNpm: (images: string[], onNpm: string[]) => string[];
	dockerArguments: (run: { tag: string; root: string; user: string; test: string }) => string[];
}

const TESTED = ['1.85.4', '2.41.1', '2.0.3'];

describe('the images of n8n', () => {
	let images: Images;
	beforeAll(async () => {
		images = (await import(MODULE)) as Images;
	});

	it.each([
		['no newer ones', ['2.41.1', '2.41.3', '2.40.9', '1.999.0', '0.237.0'], []],
		['a newer minor and a newer major, oldest first', ['3.0.0', '2.42.0'], ['2.42.0', '3.0.0']],
		['the newest of each minor, by number', ['2.42.9', '2.42.10', '2.42.2'], ['2.42.10']],
		['early ones of a newer major', ['3.0.0-rc.10', '3.0.0-beta.3', '3.0.0-rc.9'], ['3.0.0-rc.10']],
		['a release before what came before it', ['3.0.0-rc.1', '3.0.0', '3.0.0-exp.0'], ['3.0.0']],
		['no names, no other things', ['latest', 'next', 'v3', '3', '3.0', 'nightly-2026-11-28', ''], []],
		['not those of one architecture', ['3.0.0-amd64', '3.0.0-arm64', '3.0.0-rc.1-arm64'], []],
	])('are told from the tested ones: %s', (_what, tags, newer) => {
		expect(images.newerImages(tags, TESTED)).toEqual(newer);
	});

	it('have a newest one, also where none is newer than the tested ones', () => {
		expect(images.newestImage(['latest', '2.40.0', '2.41.1', '2.9.9'])).toBe('2.41.1');
		expect(images.newestImage(['latest'])).toBeUndefined();
	});

	it('are missing where npm has no version of the same minor', () => {
		expect(images.missingOnNpm(['2.42.7', '3.0.0-rc.1'], ['2.41.1', '2.42.0', '3.1.0'])).toEqual([
			'3.0.0-rc.1',
		]);
		expect(images.missingOnNpm([], ['2.41.1'])).toEqual([]);
	});

	it('run the test with their own n8n, unverified packages allowed, as the owner of the folder', () => {
		const docker = images.dockerArguments({
			tag: '3.0.0',
			root: '/home/me/x',
			user: '1001:118',
			test: 'a.mjs',
		});
		expect(docker.slice(0, 2)).toEqual(['run', '--rm']);
		expect(docker.slice(-3)).toEqual(['n8nio/n8n:3.0.0', '--test', 'a.mjs']);
		expect(docker).toEqual(expect.arrayContaining(['1001:118', '/home/me/x:/work']));
		const settings = docker.find((text) => text.startsWith('N8N_UNDER_TEST='))?.replace(/^[^=]+=/, '') ?? '';
		expect(JSON.parse(settings)).toMatchObject({
			version: '3.0.0',
			home: '/usr/local/lib',
			settings: { N8N_UNVERIFIED_PACKAGES_ENABLED: 'true' },
		});
	});

	describe('in the list of Docker Hub', () => {
		const asked: string[] = [];
		let hub: Server;
		let pages: Array<{ status: number; tags: string[]; next: string | null }>;
		beforeAll(async () => {
			hub = createServer((request, response) => {
				asked.push(request.url ?? '');
				const { status, tags, next } = pages[asked.length - 1]!;
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(JSON.stringify({ count: 1, next, results: tags.map((name) => ({ name })) }));
			}).listen(0, '127.0.0.1');
			await new Promise((resolve) => hub.once('listening', resolve));
		});
		beforeEach(() => {
			asked.length = 0;
		});
		afterAll(() => hub.close());
		const url = () => `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;

		it('are read page by page, to the last', async () => {
			pages = [
				{ status: 200, tags: ['latest', '3.0.0'], next: 'more' },
				{ status: 200, tags: ['2.41.1'], next: null },
			];
			expect(await images.readTags(url())).toEqual(['latest', '3.0.0', '2.41.1']);
			expect(asked).toEqual([
				expect.stringContaining('/v2/namespaces/n8nio/repositories/n8n/tags?page=1&'),
				expect.stringContaining('page=2&'),
			]);
		});

		it('are not taken for none where it refuses', async () => {
			pages = [{ status: 429, tags: [], next: null }];
			await expect(images.readTags(url())).rejects.toThrow('Docker Hub answered 429');
		});
	});
});
