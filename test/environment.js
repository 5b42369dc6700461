const { TestEnvironment } = require('jest-environment-node');

/** Adds to a failing test what was sent to the sandbox: the assertion alone seldom tells why. */
class SandboxEnvironment extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.sandboxJournals = new Set();
	}

	async handleTestEvent(event) {
		// The error comes from the test's own realm, so it is no instance of this one's classes.
		if (event.name !== 'test_fn_failure' || typeof event.error?.message !== 'string') return;
		const requests = [...this.global.sandboxJournals].flatMap((journal) => journal.list());
		if (requests.length === 0) return;
		const lines = requests.map(
			({ number, method, url, body, status, fault }) =>
				`  ${number}. ${method} ${url} ${body.slice(0, 500)} -> ${status || 'dropped'}${fault ? ` (armed: ${fault})` : ''}`,
		);
		const note = `\n\nRequests that the sandbox received:\n${lines.slice(-20).join('\n')}\n`;
		event.error.message += note;
		event.error.stack = `${event.error.message}\n${String(event.error.stack)
			.split('\n    at ')
			.slice(1)
			.map((line) => `    at ${line}`)
			.join('\n')}`;
	}
}

module.exports = SandboxEnvironment;
