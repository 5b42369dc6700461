import { once } from 'node:events';
import {
	appendFileSync,
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { eventually } from './eventually.mjs';
import { DEMO, LOG, STATE, USER_FOLDER } from './paths.mjs';
import { freePort, startNode, untilReady } from './processes.mjs';
import { unflatten } from './unflatten.mjs';
import { UserError } from './userError.mjs';

const BIN = join('node_modules', 'n8n', 'bin', 'n8n');

const READY_MS = 180_000;
const EXECUTION_MS = 120_000;
const COMMAND_MS = 120_000;

/** The final states of an execution. */
const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** The login for the editor. n8n requires a capital letter and a digit in the password. */
export const OWNER = {
	email: 'demo@n8n.example',
	password: 'Demo-password-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

/** Settings of the user's own n8n and of proxies, which must not reach a demo that stays on loopback. */
const NOT_INHERITED =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL|GENERIC_|NODE_OPTIONS$|npm_|(HTTPS?|ALL|NO)_PROXY$)/i;

/** A real n8n, usually the one in demo/node_modules, with all its state in .demo/. */
export class N8n {
	#port;

	#userFolder;

	#log;

	#preload;

	#home;

	#node;

	#settings;

	#cookie = '';

	/** @type {import('node:child_process').ChildProcess | undefined} */
	#server;

	/**
	 * @param {{ port: number, userFolder?: string, log?: string, preload?: string[], home?: string, node?: string,
	 * settings?: Record<string, string> }} options `preload`: modules that the server loads before n8n; `home`: the folder
	 * whose node_modules contain n8n; `node`: the Node that runs it, by default ours; `settings`: environment variables
	 */
	constructor({
		port,
		userFolder = USER_FOLDER,
		log = LOG,
		preload = [],
		home = DEMO,
		node = process.execPath,
		settings = {},
	}) {
		this.#port = port;
		this.#userFolder = userFolder;
		this.#log = log;
		this.#preload = preload.flatMap((path) => ['--require', path]);
		this.#home = home;
		this.#node = node;
		this.#settings = settings;
	}

	get url() {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** The running server's process. */
	get process() {
		return this.#server;
	}

	/** Runs a command of n8n's command line and waits until it has ended. */
	async command(name, ...args) {
		const child = await this.spawn([name, ...args]);
		const timer = setTimeout(() => child.kill('SIGKILL'), COMMAND_MS);
		const [code] = await once(child, 'exit');
		clearTimeout(timer);
		if (code !== 0) throw new UserError(`n8n ${name} did not succeed.`);
	}

	/** Imports credentials with n8n's command line, which reads them in plain text from a file; it is removed right away. */
	async importCredentials(credentials) {
		const file = join(dirname(this.#log), 'credentials.json');
		writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
		try {
			await this.command('import:credentials', `--input=${file}`);
		} finally {
			rmSync(file);
		}
	}

	/** Starts the server and waits until it is ready. */
	async start() {
		this.#server = await this.spawn(['start'], { preload: this.#preload });
		const answers = async () => await isHealthy(this.#port);
		await untilReady(this.#server, answers, { name: 'n8n', withinMs: READY_MS });
	}

	/** Creates the owner of a fresh n8n, or signs in to one that was kept. */
	async signIn() {
		// The health check passes shortly before the REST API is available.
		const setup = await this.#retryOn404(() => this.rest('POST', '/rest/owner/setup', OWNER));
		const { email, password } = OWNER;
		const response = setup.ok
			? setup
			: await this.rest('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		if (!response.ok) {
			throw new UserError(`n8n did not accept the log-in. Delete ${STATE} and start again.`);
		}
		this.#cookie = response.headers
			.getSetCookie()
			.map((cookie) => cookie.split(';')[0])
			.join('; ');
	}

	/**
	 * Runs a workflow as the editor's button does and returns the items that a node put out.
	 *
	 * @param {{ id: string, name: string, trigger: string }} workflow
	 * @param {string} nodeName
	 * @returns {Promise<object[]>}
	 */
	async execute(workflow, nodeName) {
		return (await this.run(workflow))(nodeName);
	}

	/**
	 * Runs a workflow as the editor's button does.
	 *
	 * @typedef {(nodeName: string) => object[]} ItemsOf the items that a node put out; an empty list if it did not run
	 * @param {{ id: string, name: string, trigger: string }} workflow
	 * @returns {Promise<ItemsOf>}
	 */
	async run(workflow) {
		return await this.finished(await this.launch(workflow), workflow);
	}

	/**
	 * Runs a workflow as the editor's button does, one that may end in Stop and Error.
	 *
	 * @param {{ id: string, name: string, trigger: string }} workflow
	 */
	async runToTheEnd(workflow) {
		return await this.result(await this.launch(workflow));
	}

	/**
	 * Waits until an execution has ended, whether it succeeded or not.
	 *
	 * @returns {Promise<{ itemsOf: ItemsOf, stoppedAt: string | undefined, message: string | undefined }>} `stoppedAt`:
	 * the name of the node that failed
	 */
	async result(executionId) {
		const { resultData } = await this.ended(executionId);
		const { node, message } = resultData.error ?? {};
		return { itemsOf: itemsOf(resultData), stoppedAt: node?.name, message };
	}

	/**
	 * Waits until an execution has ended.
	 *
	 * @returns {Promise<ItemsOf>}
	 */
	async finished(executionId, workflow) {
		return itemsIn(await this.ended(executionId), workflow.name);
	}

	/**
	 * Waits until an execution waits for a call, or has ended.
	 *
	 * @returns {Promise<ItemsOf>}
	 */
	async waiting(executionId, workflow) {
		return itemsIn(await this.ended(executionId, { orWaits: true }), workflow.name);
	}

	/**
	 * Waits until an execution has ended and returns everything that n8n keeps of it, whether it succeeded or not.
	 *
	 * @param {{ orWaits?: boolean }} [options] `orWaits`: also stops when the execution waits for a call
	 */
	async ended(executionId, { orWaits = false } = {}) {
		const wanted = orWaits ? [...ENDED, 'waiting'] : ENDED;
		const ask = async () => {
			const kept = await this.json('GET', `/rest/executions/${executionId}`);
			return wanted.includes(kept.status) ? withData(kept) : { status: kept.status };
		};
		// Older versions save the state shortly before the data.
		const execution = await eventually(ask, ({ resultData }) => resultData !== undefined, EXECUTION_MS);
		if (execution.resultData) return execution;
		throw new UserError(
			`Execution ${executionId} is ${execution.status} after ${EXECUTION_MS / 1000} seconds.`,
		);
	}

	/**
	 * Starts a workflow as the editor's button does and returns the ID of its execution.
	 *
	 * @param {{ id: string, trigger: string }} workflow
	 * @returns {Promise<string>}
	 */
	async launch({ id, trigger }) {
		const body = { triggerToStartFrom: { name: trigger } };
		return (await this.json('POST', `/rest/workflows/${id}/run`, body)).executionId;
	}

	/** Whether an execution is still running. Reads the list, which has no items and therefore costs n8n next to nothing. */
	async isRunning(executionId, workflow) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const { results } = await this.json('GET', `/rest/executions?limit=20&filter=${filter}`);
		const execution = results.find(({ id }) => String(id) === String(executionId));
		return execution === undefined || ['new', 'running', 'waiting'].includes(execution.status);
	}

	async stop(executionId) {
		await this.json('POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** Everything that n8n keeps of an execution, with its times. */
	async execution(executionId) {
		return withData(await this.json('GET', `/rest/executions/${executionId}`));
	}

	/** A workflow as n8n keeps it. */
	async workflow(id) {
		return await this.json('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Publishes a workflow as it is saved. n8n registers webhooks some time after its answer, so an earlier version is
	 * withdrawn first: otherwise that might take the next call.
	 *
	 * @param {{ id: string, path: string }} workflow `path`: of its webhook, which wants a secret
	 */
	async publish({ id, path }) {
		const { active, versionId } = await this.workflow(id);
		if (active) {
			await this.json('POST', `/rest/workflows/${id}/deactivate`, {});
			const withoutSecret = async () => await fetch(`${this.url}/webhook/${path}`, { method: 'POST' });
			await eventually(withoutSecret, ({ status }) => status === 404);
		}
		await this.json('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/** Saves changes of a workflow as the editor does. */
	async saveWorkflow(id, changes) {
		await this.json('PATCH', `/rest/workflows/${id}`, changes);
	}

	/**
	 * Requests the entries of a pick list, as the editor does when the list is opened.
	 *
	 * @param {object} request n8n's ResourceLocatorRequestDto
	 * @returns {Promise<{ ok: boolean, answer: object }>} the entries, or the error that the editor gets
	 */
	async pickList(request) {
		const path = '/rest/dynamic-node-parameters/resource-locator-results';
		const response = await this.rest('POST', path, request);
		const answer = await response.json();
		return { ok: response.ok, answer: response.ok ? answer.data : answer };
	}

	/**
	 * Fills in the form of a Wait node and sends it, as a browser does.
	 *
	 * @param {string} url n8n's `$execution.resumeFormUrl`
	 * @param {string[]} values in the order of the fields
	 * @returns {Promise<{ page: string, status: number }>} `page`: the form as it was shown
	 */
	async fillInForm(url, values) {
		const page = await (await fetch(url)).text();
		const body = new FormData();
		for (const [index, value] of values.entries()) body.append(`field-${index}`, value);
		const { status } = await fetch(url, { method: 'POST', body });
		return { page, status };
	}

	/** Calls a published webhook. n8n's health check passes shortly before its webhooks are registered. */
	async callWebhook(path, headers, body) {
		const response = await this.#retryOn404(
			async () =>
				await fetch(`${this.url}/webhook/${path}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json', ...headers },
					body: JSON.stringify(body),
				}),
		);
		const text = await response.text();
		try {
			return { status: response.status, answer: JSON.parse(text) };
		} catch {
			throw new UserError(`The webhook answered ${response.status} with something else than JSON: ${text}`);
		}
	}

	/** Repeats a request while the answer is 404. */
	async #retryOn404(ask) {
		return await eventually(ask, ({ status }) => status !== 404);
	}

	/** Calls n8n's REST API as the editor does and returns the `data` of the answer. */
	async json(method, path, body) {
		const response = await this.rest(method, path, body);
		const text = await response.text();
		if (!response.ok) throw new UserError(`n8n refused ${method} ${path} (${response.status}): ${text}`);
		return JSON.parse(text).data;
	}

	/** Calls n8n's REST API as the editor does and returns the answer, whatever its status. */
	async rest(method, path, body) {
		return await fetch(this.url + path, {
			method,
			headers: {
				...(this.#cookie && { cookie: this.#cookie }),
				...(body && { 'content-type': 'application/json' }),
			},
			...(body && { body: JSON.stringify(body) }),
		});
	}

	/**
	 * Starts n8n with these arguments, such as `worker`, without waiting until it is ready.
	 *
	 * @param {string[]} args
	 * @param {{ preload?: string[], settings?: Record<string, string> }} [options] `settings`: environment variables of
	 * this process only
	 */
	async spawn(args, { preload = [], settings = {} } = {}) {
		appendFileSync(this.#log, `\n--- n8n ${args.join(' ')}\n`);
		// A file rather than a pipe: an n8n that outlives us would block on a pipe that nobody reads.
		const log = openSync(this.#log, 'a');
		const child = startNode([...preload, join(this.#home, BIN), ...args], {
			cwd: dirname(this.#log),
			env: { ...(await this.#environment()), ...settings },
			log,
			node: this.#node,
		});
		closeSync(log);
		return child;
	}

	async #environment() {
		const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
		return {
			...Object.fromEntries(inherited),
			N8N_USER_FOLDER: this.#userFolder,
			N8N_ENCRYPTION_KEY: 'demo-encryption-key',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			N8N_PORT: String(this.#port),
			N8N_SECURE_COOKIE: 'false',
			// Each n8n process has its own broker, including those of single commands.
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
			// No calls to n8n's own services.
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_DISABLED_MODULES: 'mcp-registry',
			N8N_DYNAMIC_BANNERS_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_VERIFIED_PACKAGES_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			...this.#settings,
		};
	}
}

/** Whether an n8n accepts work. Until then it answers every other request with 200 and a text that asks to wait. */
export async function isHealthy(port) {
	return (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok;
}

/** An execution from the REST API, with its data decoded. */
function withData({ data, status, startedAt, stoppedAt }) {
	return { status, startedAt, stoppedAt, ...(data && unflatten(data)) };
}

/** What the nodes of an execution put out. Throws a UserError if it stopped with an error. */
function itemsIn({ resultData }, workflowName) {
	if (resultData.error) {
		const { message, node } = resultData.error;
		throw new UserError(`The workflow "${workflowName}" stopped at ${node?.name ?? 'its start'}: ${message}`);
	}
	return itemsOf(resultData);
}

function itemsOf({ runData }) {
	return (nodeName) =>
		(runData[nodeName] ?? []).flatMap(({ data }) => data?.main?.[0] ?? []).map(({ json }) => json);
}

/** The end of n8n's log. */
export function logTail(lines = 25, log = LOG) {
	if (!existsSync(log)) return '';
	return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
