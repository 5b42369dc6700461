import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { runNode } from '../engine/engine';
import type { Path } from '../engine/engine';
import { pick } from '../engine/picking';
import { credentialsOf, useVendor } from '../engine/sandboxes';
import { createUnifier } from '../sandbox/vendors/unifier/index.ts';

const TYPE = 'unifierApi';
const LOGIN = '/auth/token';

const PARAMETERS = {
	resource: 'bpRecord',
	operation: 'terminate',
	bpName: { __rl: true, mode: 'name', value: 'Punchlist' },
	projectNumber: { __rl: true, mode: 'number', value: 'PRJ-004' },
};

describe("The proxy of the node's Request Options", () => {
	const vendor = useVendor(createUnifier);
	let seen: string[] = [];
	let proxy: Server;
	beforeEach(async () => {
		seen = [];
		proxy = createServer((incoming, outgoing) => {
			const url = String(incoming.url);
			seen.push(url);
			const { method, headers } = incoming;
			const passed = request(url, { method, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			incoming.pipe(passed);
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	});
	afterEach(() => {
		proxy.closeAllConnections();
		proxy.close();
	});

	const requestOptions = () => ({ proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
	/** Logins go straight to the vendor, everything else by the proxy. */
	const expectItself = (): void => {
		const sent = vendor.journal.list().map(({ url }) => url);
		expect(sent.filter((url) => url.includes(LOGIN))).toHaveLength(1);
		expect(seen).not.toEqual([]);
		expect(seen.map((url) => url.replace(vendor.origin, ''))).toEqual(
			sent.filter((url) => !url.includes(LOGIN)),
		);
	};

	it.each<Path>(['wholeInput', 'routing'])('counts for what the node sends (%s)', async (path) => {
		const { success } = await runNode({
			node: 'unifier',
			path,
			parameters: {
				...PARAMETERS,
				recordNumbers: vendor.emulator.seed(2, {}),
				requestOptions: requestOptions(),
			},
			credentials: { [TYPE]: credentialsOf(vendor, TYPE) },
		});
		expect(success.map(({ json }) => json['outcome'])).toEqual(['terminated', 'terminated']);
		expectItself();
	});

	it('counts for lists to pick from', async () => {
		const open = async (options: object) =>
			await pick({
				node: 'unifier',
				method: 'searchProjects',
				parameters: { ...PARAMETERS, requestOptions: options },
				credentials: { [TYPE]: credentialsOf(vendor, TYPE) },
			});
		expect((await open(requestOptions())).results).not.toEqual([]);
		expectItself();
		// Nobody works an expression out here.
		expect((await open({ proxy: '={{ $json.proxy }}' })).results).not.toEqual([]);
	});
});
