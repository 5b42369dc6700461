import type { Verdict } from '../../../../../nodes/core/commands/contract';
import type { Outcome } from '../../../../../nodes/core/commands/vocabulary';
import type { Connection } from '../../../../../nodes/core/connection/connection';
import { CredentialError } from '../../../../../nodes/core/connection/credentialError';
import { runCommand } from '../../../../../nodes/core/n8n/operations/commandOperation';
import type {
	CommandDefinition,
	CommandHost,
} from '../../../../../nodes/core/n8n/operations/commandOperation';
import { contract, scripted, targets } from '../../commands/scripted';
import type { Scripted, Settings } from '../../commands/scripted';

const OPTIONS = { dryRun: false, verify: false };

let hosts = 0;

/** A command on a host of its own, because the pace of a host is shared by all runs. */
function setUp(
	connection: Partial<Connection> = {},
	host: Partial<CommandHost> = {},
	transport: Scripted = scripted(),
) {
	hosts += 1;
	const baseUrl = `https://host${hosts}.example`;
	const definition: CommandDefinition<Settings> = {
		contract,
		identifier: { name: 'thingId', displayName: 'Thing ID' },
		settings: () => ({ group: 'g' }),
		connection: () => ({
			credentialType: 'thingApi',
			baseUrl: () => baseUrl,
			secrets: ({ secret }) => [String(secret)],
			refreshStatuses: [],
			...connection,
		}),
	};
	const full: CommandHost = {
		read: () => undefined,
		getCredentials: async () => ({ secret: 's3cr3t' }),
		transport: () => transport,
		...host,
	};
	return { definition, host: full, transport };
}

/** The definition whose contract reads this verdict in every answer. */
function saying(definition: CommandDefinition<Settings>, verdict: Verdict): CommandDefinition<Settings> {
	return {
		...definition,
		contract: { ...contract, read: () => ({ kind: 'verdicts', verdicts: [verdict] }) },
	};
}

describe('runCommand', () => {
	it('reports what was done, though the contract can describe a target only once', async () => {
		const { definition, host } = setUp();
		const describe = jest.fn(() => ({ group: 'g' }));
		describe
			.mockImplementationOnce(() => ({ group: 'g' }))
			.mockImplementation(() => {
				throw new Error('broken');
			});
		const broken = { ...definition, contract: { ...contract, describe } };
		const outcomes = await runCommand(targets('a'), broken, host, OPTIONS);
		expect(outcomes).toMatchObject([{ id: 'a', outcome: 'terminated' }]);
	});

	it('runs a command for targets', async () => {
		const { definition, host } = setUp();
		const outcomes = await runCommand(targets('a', 'b'), definition, host, OPTIONS);
		expect(outcomes.map(({ id, outcome, item }) => [id, outcome, item])).toEqual([
			['a', 'terminated', 0],
			['b', 'terminated', 1],
		]);
	});

	it('shows no secret, in no text', async () => {
		const { definition, host } = setUp({}, {}, scripted(['x s3cr3t', 'refused']));
		const leaky = saying(definition, {
			outcome: 'failed',
			reason: 'the vendor said no',
			vendorMessage: '«s3cr3t»',
			extra: { deep: ['s3cr3t'] },
		});
		const outcomes = await runCommand(targets('a'), leaky, host, OPTIONS);
		expect(JSON.stringify(outcomes)).not.toContain('s3cr3t');
		expect(outcomes[0]).toMatchObject({
			reason: 'the vendor said no ("«***»")',
			extra: { deep: ['***'] },
		});
	});

	it('shows no secret that was got meanwhile either', async () => {
		const getCredentials = jest.fn(async () => ({ secret: 's3cr3t-new' }));
		getCredentials.mockImplementationOnce(async () => ({ secret: 's3cr3t-old' }));
		const { definition, host } = setUp({ refreshStatuses: [401] }, { getCredentials }, scripted(['refused']));
		const leaky = saying(definition, {
			outcome: 'failed',
			reason: 'no',
			vendorMessage: 's3cr3t-old s3cr3t-new',
		});
		const outcomes = await runCommand(targets('a'), leaky, host, OPTIONS);
		expect(outcomes[0]?.message).toBe('Thing a was not terminated: no ("*** ***")');
	});

	it('leaves what the user gave as it is', async () => {
		const { definition, host } = setUp({ secrets: () => ['ACME', 'Basic Contracts', 'short'] });
		const named = {
			...definition,
			contract: { ...contract, describe: () => ({ bpName: 'Basic Contracts' }) },
		};
		const [outcome] = await runCommand(targets('ACME-0001-short'), named, host, OPTIONS);
		expect(outcome).toMatchObject({
			id: 'ACME-0001-short',
			message: 'Thing ACME-0001-short was terminated',
			extra: { bpName: 'Basic Contracts' },
		});
		const [dry] = await runCommand(targets('ACME-0001-short'), named, host, { ...OPTIONS, dryRun: true });
		expect(JSON.stringify(dry?.extra['request'])).toContain('ACME-0001-short');
	});

	it('has its secrets before the first request, and hides nothing for want of them', async () => {
		const { definition, host, transport } = setUp({
			secrets: () => {
				throw new Error('no shape');
			},
		});
		const outcomes = await runCommand(targets('a'), definition, host, OPTIONS);
		expect(outcomes).toMatchObject([{ outcome: 'notSent' }]);
		expect(transport.sent).toEqual([]);
	});

	it('tells what it has done though the credential was deleted meanwhile', async () => {
		const getCredentials = jest.fn(async () => ({ secret: 's3cr3t' }));
		getCredentials.mockImplementationOnce(async () => ({ secret: 's3cr3t' }));
		getCredentials.mockImplementationOnce(async () => await Promise.reject(new Error('it is gone')));
		const { definition, host } = setUp({ refreshStatuses: [401] }, { getCredentials });
		expect(await runCommand(targets('a'), definition, host, OPTIONS)).toMatchObject([
			{ outcome: 'terminated' },
		]);
		expect(getCredentials).toHaveBeenCalledTimes(2);
	});

	it.each<Outcome>(['failed', 'unknown', 'notSent', 'notFound', 'alreadyEnded', 'terminated'])(
		'judges right though somebody has the password "%s"',
		async (outcome) => {
			const { definition, host } = setUp({ secrets: () => [outcome] });
			const saying = {
				...definition,
				contract: {
					...contract,
					read: () => ({ kind: 'verdicts' as const, verdicts: [{ outcome, attempts: 1 }] }),
				},
			};
			const [told] = await runCommand(targets('a'), saying, host, OPTIONS);
			expect(told?.outcome).toBe(outcome);
			expect(told?.failure).toBe(!['terminated', 'alreadyEnded'].includes(outcome));
		},
	);

	it.each([
		[
			'the credential has no usable address',
			{
				baseUrl: () => {
					throw new CredentialError('The Base URL is empty', 'Fill it.');
				},
			},
			{},
			'the Base URL is empty',
			'Fill it.',
		],
		[
			'the credential cannot be read',
			{},
			{ getCredentials: async () => await Promise.reject(new Error('Credentials could not be decrypted')) },
			'the credential could not be read',
			'Credentials could not be decrypted',
		],
		[
			'nobody knows why',
			{},
			// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- that is the point
			{ getCredentials: async () => await Promise.reject(undefined) },
			'the credential could not be read',
			'Check the credential of this node.',
		],
		[
			'the address is none',
			{ baseUrl: () => 'nonsense' },
			{},
			'the credential could not be read',
			expect.any(String),
		],
	])('sends nothing and says why when %s', async (_name, connection, host, reason, hint) => {
		const set = setUp(connection, host);
		const outcomes = await runCommand(targets('a', 'b'), set.definition, set.host, OPTIONS);
		expect(outcomes).toMatchObject([
			{ id: 'a', outcome: 'notSent', reason, hint, attempts: 0 },
			{ id: 'b', outcome: 'notSent', reason, hint, item: 1 },
		]);
		expect(set.transport.sent).toEqual([]);
	});

	it('changes nothing in a dry run, and is cancelled with the execution', async () => {
		const { definition, host, transport } = setUp();
		const dry = await runCommand(targets('a'), definition, host, { ...OPTIONS, dryRun: true });
		expect(dry).toMatchObject([{ outcome: 'dryRun' }]);
		const cancelled = { ...OPTIONS, signal: AbortSignal.abort() };
		expect(await runCommand(targets('a'), definition, host, cancelled)).toMatchObject([
			{ outcome: 'notSent' },
		]);
		expect(transport.sent).toEqual([]);
	});

	it('tells of its progress', async () => {
		const onProgress = jest.fn();
		const { definition, host } = setUp();
		await runCommand(targets('a', 'b'), definition, host, { ...OPTIONS, onProgress });
		expect(onProgress.mock.calls).toEqual([[2, 2]]);
	});

	it('lets no other run wait for the pace that a user wants of one', async () => {
		const { definition, host } = setUp();
		const slow = { ...OPTIONS, requestsPerSecond: 1 };
		const start = performance.now();
		for (const id of ['a', 'b', 'c']) await runCommand(targets(id), definition, host, slow);
		expect(performance.now() - start).toBeLessThan(95);
	});
});
