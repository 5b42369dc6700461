import { eventually } from '../../../demo/eventually.mjs';

const PATIENCE_MS = 60_000;
const HEARTBEAT = 'n8n|heartbeat';

/** The user agent of a browser: n8n ignores review links that programs open, because mail scanners open links. */
const BROWSER = {
	'user-agent':
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
};

let sessions = 0;

/** A conversation in n8n's chat, over the same addresses and socket as the editor's chat. */
export class Chat {
	/** The messages from n8n; those with buttons are objects. @type {Array<string | object>} */
	said = [];

	#n8n;

	#socket;

	#executionId;

	#sessionId;

	/**
	 * Starts a conversation in the chat of a workflow.
	 *
	 * @param {import('../../../demo/n8n.mjs').N8n} n8n
	 * @param {{ id: string, trigger: string }} workflow
	 * @param {string} text
	 */
	static async start(n8n, workflow, text) {
		const sessionId = `chat-${++sessions}`;
		await n8n.json('POST', `/rest/workflows/${workflow.id}/run`, {
			triggerToStartFrom: { name: workflow.trigger },
			chatSessionId: sessionId,
		});
		const response = await fetch(`${n8n.url}/webhook-test/${workflow.id}/${sessionId}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId, chatInput: text }),
		});
		const { executionId, resumeToken } = await response.json();
		return new Chat(n8n, { sessionId, executionId, resumeToken });
	}

	constructor(n8n, { sessionId, executionId, resumeToken }) {
		this.#n8n = n8n;
		this.#executionId = executionId;
		this.#sessionId = sessionId;
		const query = new URLSearchParams({ sessionId, executionId, token: resumeToken, isPublic: 'false' });
		this.#socket = new WebSocket(`${n8n.url.replace('http', 'ws')}/chat?${query}`);
		this.#socket.addEventListener('message', ({ data }) => this.#hear(data));
	}

	#hear(text) {
		if (text === HEARTBEAT) this.#socket.send(`${HEARTBEAT}-ack`);
		if (!text.startsWith('n8n|')) this.said.push(text.startsWith('{') ? JSON.parse(text) : text);
	}

	/** Waits for the next message. */
	async next() {
		const next = await eventually(
			async () => this.said.shift(),
			(message) => message !== undefined,
			PATIENCE_MS,
		);
		if (next !== undefined) return next;
		const { status } = await this.execution();
		throw new Error(`n8n said nothing more in the chat; execution ${this.#executionId} is "${status}"`);
	}

	/** Clicks on a button of a message and returns the status of the page that opens. */
	async click(message, label) {
		const button = message.buttons.find(({ text }) => text === label);
		return await this.open(button.link);
	}

	async open(link) {
		return (await fetch(link, { headers: BROWSER })).status;
	}

	/** Sends another message. */
	say(text) {
		this.#socket.send(JSON.stringify({ action: 'sendMessage', sessionId: this.#sessionId, chatInput: text }));
	}

	async execution() {
		return await this.#n8n.execution(this.#executionId);
	}

	close() {
		this.#socket.close();
	}
}
