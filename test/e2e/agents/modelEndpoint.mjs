import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A tool call of the scripted model.
 *
 * @typedef {{ tool: string, args: object }} Call
 *
 * A turn of the scripted model: the calls that it makes at once, either fixed or made from the results of the last calls.
 * @typedef {Call[] | ((results: string[]) => Call[])} Turn
 *
 * @typedef {{ name: string, description: string, parameters: object }} OfferedTool a tool as it is offered to the model
 */

/** The answer of the model at the end of its script. */
export const LAST_WORDS = 'The script is at its end.';

/**
 * Starts a server in place of a language model. It implements OpenAI's Responses API, which n8n's OpenAI Chat Model calls by
 * default, and the Chat Completions API, which local models offer. It answers with the calls of a script and keeps all
 * requests.
 */
export async function startModel() {
	const model = new ScriptedModel();
	const server = createServer((request, response) => void answer(model, request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address();
	return {
		model,
		/** The base URL for n8n's OpenAI credential. */
		url: `http://127.0.0.1:${port}/v1`,
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

class ScriptedModel {
	/** @type {Turn[]} */
	#turns = [];

	/** The tools in the last request. @type {OfferedTool[]} */
	offered = [];

	/** The results of the calls, by turn. @type {string[][]} */
	results = [];

	/** Every request as received. @type {object[]} */
	requests = [];

	/** The text of every request since the start, across all scripts. @type {string[]} */
	heard = [];

	/** Forgets earlier requests and starts a script with these turns. @param {Turn[]} turns */
	play(turns) {
		this.#turns = [...turns];
		this.offered = [];
		this.results = [];
		this.requests = [];
		this.#asked = [];
	}

	/**
	 * Returns the next calls, or an empty list at the end of the script.
	 *
	 * @param {object} request as received
	 * @param {{ tools: OfferedTool[], results: Map<string, string> }} heard
	 * @returns {Array<Call & { id: string }>}
	 */
	next(request, { tools, results }) {
		this.requests.push(request);
		this.heard.push(JSON.stringify(request));
		this.offered = tools;
		const last = this.#asked.map((id) => results.get(id) ?? '(no result)');
		if (this.#asked.length > 0) this.results.push(last);
		const turn = this.#turns.shift() ?? [];
		const calls = typeof turn === 'function' ? turn(last) : turn;
		const numbered = calls.map((call, index) => ({
			...call,
			id: `call_${this.requests.length}_${index + 1}`,
		}));
		this.#asked = numbered.map(({ id }) => id);
		return numbered;
	}

	/** @type {string[]} */
	#asked = [];
}

const DIALECTS = {
	'/v1/responses': { hear: hearResponses, say: sayResponses },
	'/v1/chat/completions': { hear: hearChat, say: sayChat },
};

async function answer(model, request, response) {
	const dialect = DIALECTS[request.url];
	const body = JSON.parse((await text(request)) || '{}');
	const refused = !dialect || body.stream === true;
	const said = refused
		? { error: { message: `The scripted model has no ${request.method} ${request.url}` } }
		: dialect.say(model.next(body, dialect.hear(body)), body.model);
	response.writeHead(refused ? 400 : 200, { 'content-type': 'application/json' });
	response.end(JSON.stringify(said));
}

async function text(request) {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

function hearResponses({ tools = [], input = [] }) {
	return {
		tools: tools.map(({ name, description, parameters }) => ({ name, description, parameters })),
		results: new Map(
			input
				.filter(({ type }) => type === 'function_call_output')
				.map(({ call_id, output }) => [call_id, plain(output)]),
		),
	};
}

function sayResponses(calls, model) {
	const message = {
		type: 'message',
		id: 'msg_1',
		role: 'assistant',
		status: 'completed',
		content: [{ type: 'output_text', text: LAST_WORDS, annotations: [] }],
	};
	return {
		id: 'resp_1',
		object: 'response',
		created_at: 1,
		status: 'completed',
		model,
		error: null,
		output:
			calls.length === 0
				? [message]
				: calls.map(({ id, tool, args }) => ({
						type: 'function_call',
						id: `fc_${id}`,
						call_id: id,
						name: tool,
						arguments: JSON.stringify(args),
						status: 'completed',
					})),
		usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
	};
}

function hearChat({ tools = [], messages = [] }) {
	return {
		tools: tools.map(({ function: { name, description, parameters } }) => ({
			name,
			description,
			parameters,
		})),
		results: new Map(
			messages
				.filter(({ role }) => role === 'tool')
				.map(({ tool_call_id, content }) => [tool_call_id, plain(content)]),
		),
	};
}

function sayChat(calls, model) {
	const asks = calls.length > 0;
	return {
		id: 'chatcmpl_1',
		object: 'chat.completion',
		created: 1,
		model,
		choices: [
			{
				index: 0,
				finish_reason: asks ? 'tool_calls' : 'stop',
				message: {
					role: 'assistant',
					content: asks ? null : LAST_WORDS,
					...(asks && {
						tool_calls: calls.map(({ id, tool, args }) => ({
							id,
							type: 'function',
							function: { name: tool, arguments: JSON.stringify(args) },
						})),
					}),
				},
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/** A text may be a string or a list of parts. */
function plain(content) {
	if (typeof content === 'string') return content;
	return content.map((part) => part.text ?? '').join('');
}
