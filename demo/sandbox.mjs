import { ROOT } from './paths.mjs';
import { startNode } from './processes.mjs';
import { UserError } from './userError.mjs';

const START_MS = 30_000;
const CONTROL_URL = /control API\s+(http:\/\/\S+)/;

/**
 * Starts the sandbox as a separate program and returns a client of its control API.
 *
 * @param {{ port: number }} options `port`: the first port; 0 takes free ports
 */
export async function startSandbox({ port }) {
	const child = startNode(['test/sandbox/main.ts'], {
		cwd: ROOT,
		env: { ...process.env, SANDBOX_PORT: String(port) },
	});
	let output = '';
	const url = await new Promise((resolve, reject) => {
		const fail = (why) => reject(new UserError(`${output.trim()}\n\nThe sandbox ${why}.`.trim()));
		const timer = setTimeout(() => fail('did not start in time'), START_MS);
		const read = (chunk) => {
			output += chunk;
			const found = CONTROL_URL.exec(output);
			if (found) resolve(found[1]);
			if (found) clearTimeout(timer);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('exit', () => {
			clearTimeout(timer);
			fail('did not start');
		});
	});
	return { child, url, control: new Control(url) };
}

/** A client of the sandbox's control API. */
class Control {
	#url;

	constructor(url) {
		this.#url = url;
	}

	async reset() {
		await this.#ask('POST', '/reset');
	}

	/** Base URL and ready-made credential data by vendor. */
	async vendors() {
		return await this.#ask('GET', '/vendors');
	}

	async seed(vendor, count, options) {
		return await this.#ask('POST', `/${vendor}/seed`, { count, options });
	}

	async arm(vendor, faults) {
		return await this.#ask('POST', `/${vendor}/faults`, faults);
	}

	/** Sets switches of a vendor: behaviour that its documentation leaves open, or faults. */
	async configure(vendor, switches) {
		await this.#ask('PATCH', `/${vendor}/switches`, switches);
	}

	/** Delays every answer of every vendor. */
	async latency(ms) {
		await this.#ask('POST', '/latency', { ms });
	}

	/** The requests that a vendor has received since the last `forgetRequests`. */
	async requests(vendor) {
		return await this.#ask('GET', `/${vendor}/requests`);
	}

	async forgetRequests(vendor) {
		await this.#ask('DELETE', `/${vendor}/requests`);
	}

	/** Every instance of a vendor by its ID. */
	async instances(vendor) {
		return (await this.#ask('GET', `/${vendor}/state`)).instances;
	}

	async #ask(method, path, body) {
		const response = await fetch(this.#url + path, {
			method,
			...(body !== undefined && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			}),
		});
		const answer = await response.json();
		if (!response.ok) throw new UserError(`The sandbox refused ${method} ${path}: ${JSON.stringify(answer)}`);
		return answer;
	}
}
