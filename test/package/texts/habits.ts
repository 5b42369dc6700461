/** A way of writing that reads as foreign, or that says one thing in several ways. */
export interface Habit {
	/** Found anywhere in a text; in a single sentence where `inSentence` is set, whose ends are then `^` and `$`. */
	pattern: RegExp;
	inSentence?: true;
	/** Why not, and what to write in its place. */
	reason: string;
	/** A text that has it. */
	example: string;
	/** A text that looks like it and is good, for patterns that could take it for one. */
	allowed?: string;
}

/** Habits that no text for users has, be it a label, a message or a page. */
export const HABITS: readonly Habit[] = [
	{
		pattern: /^Of\b/,
		inSentence: true,
		reason: 'a sentence that begins with "Of": put the subject first',
		example: 'Of 40 workflows, 2 failed.',
		allowed: 'Often 2 of 40 fail.',
	},
	{
		pattern: /^Who(ever)?\b(?!.*\?$)/,
		inSentence: true,
		reason: 'a sentence that begins with "Who" or "Whoever": write "anyone who", "people who" or "you"',
		example: 'Whoever has the link can decide.',
		allowed: 'Who may install it?',
	},
	{
		pattern:
			/^What (is|are|was|were|has|have|had|cannot|can|n8n|it|you|they|the)\b.*\b(is|are|was|were|has|have|had|will|counts?|stays?|runs?)\b(?!.*\?$)/,
		inSentence: true,
		reason: 'a sentence like "What is … is …": name the thing',
		example: 'What has ended since is left alone.',
		allowed: 'What is a target?',
	},
	{
		pattern: /^Where (?!to\b).*,(?!.*\?$)/,
		inSentence: true,
		reason: '"Where" for a condition: write "If" or "When"',
		example: 'Where n8n has hints, the node leaves one.',
		allowed: 'Where to click, step by step',
	},
	{
		pattern: /\blog-(in|on)s?\b/i,
		reason: 'write "login" (noun) or "log in" (verb)',
		example: 'The log-in failed.',
		allowed: 'Log in with the login of the account.',
	},
	{
		pattern: /\balike\b/i,
		reason: '"alike": write "in the same way", "both" or "all"',
		example: 'Both alike.',
	},
	{
		pattern: /\b(told|tells)\b(?! (\w+ ){0,3}to\b)/i,
		reason: 'an answer or a node does not tell: write "says", "returns" or "shows"',
		example: 'The output tells why.',
		allowed: 'Bitrix24 cannot tell them apart. n8n tells running workers to install it.',
	},
	{
		pattern: /\b(is|are|was|were) none\b/i,
		reason: '"is none": write "there is no …" or "none exists"',
		example: 'There is none.',
	},
	{
		pattern: /\ba blank\b(?! \w)|\bblanks\b/i,
		reason: 'write "a space" or "empty"',
		example: 'Without blanks.',
		allowed: 'A blank line ends it.',
	},
	{ pattern: /\bby then\b/i, reason: '"by then": say which moment', example: 'What is done by then counts.' },
	{
		pattern: /\bneither on nor off\b/i,
		reason: 'write "must be true or false"',
		example: 'It is neither on nor off.',
	},
	{
		pattern: /\b(that|than .*) is one\b/i,
		reason: '"is one" as the end of a thought: name the thing again',
		example: 'A value that is one.',
	},
	{
		pattern: /\b(may|might) well\b/i,
		reason: 'write "may" or "can"',
		example: 'It may well work.',
		allowed: 'It may work well.',
	},
	{
		pattern: /\bthat much\b/i,
		reason: '"that much": name the number or the limit',
		example: 'It refused that much.',
	},
	{
		pattern: /\bso many\b/i,
		reason: '"so many": name the number, or write "this number of"',
		example: 'At most so many requests.',
	},
	{
		pattern: /\bbesides(?=[.,;:)]|$)/i,
		reason: '"besides" at the end: write "also" or "in addition"',
		example: 'It has a filter besides.',
		allowed: 'Besides filters, it has options.',
	},
	{
		pattern: /\s–\s|—/,
		reason: 'a dash as an aside: make two sentences, or use a comma or a colon',
		example: 'It stops — always.',
		allowed: 'Pages 1–3, read-only',
	},
	{
		pattern:
			/\b\w+n['’]t\b|\b(it|that|there|here|what|who|let|he|she)['’]s\b|\b\w+['’](re|ve|ll)\b|\bI['’]m\b/i,
		reason: 'a contraction: write both words',
		example: 'It doesn’t end.',
		allowed: "The vendor's word, the users' words",
	},
	{
		pattern: /\bnothing was sent for (it|them)\b/i,
		reason: 'write "no request was sent"',
		example: 'It was not terminated, nothing was sent for it.',
	},
	{
		pattern: /\b(come|came|comes|coming) to nothing\b|\bcame about\b/i,
		reason: 'write "returned nothing", "failed" or "happened"',
		example: 'The expression came to nothing.',
	},
	{
		pattern: /\b(comes?|came) out empty\b/i,
		reason: 'write "is empty" or "returns nothing"',
		example: 'An expression that comes out empty.',
	},
	{
		pattern: /\blet (that|it) give\b/i,
		reason: 'write "make sure that the expression returns …"',
		example: 'If it comes from an expression, let that give a number.',
	},
	{
		pattern: /\b(the|a) (step|node) before(?! (the|it|you|any|each|\w+ing)\b)/i,
		reason: 'write "the previous node" or "an earlier node"',
		example: 'Check the step before.',
		allowed: 'Send it with a node before the wait.',
	},
	{
		pattern: /\bas it comes\b/i,
		reason: 'write "by default" or "as imported"',
		example: 'As it comes, it is off.',
	},
	{
		pattern: /\bnobody vouches\b/i,
		reason: 'write "self-signed" or "that cannot be verified"',
		example: 'A certificate that nobody vouches for.',
	},
	{
		pattern: /\bhears? of\b/i,
		reason: 'write "is notified" or "learns about"',
		example: 'The error workflow hears of it.',
	},
	{ pattern: /\banew\b/i, reason: 'write "again"', example: 'Type it anew.' },
	{
		pattern: /\bin clear\b/i,
		reason: 'write "unencrypted" or "in plain text"',
		example: 'The password travels in clear.',
	},
	{
		pattern: /\bshall\b/i,
		reason: 'write "must", "should" or "will"',
		example: 'If the model shall choose.',
	},
	{ pattern: /\bin order to\b/i, reason: 'write "to"', example: 'In order to end it.' },
	{ pattern: /\bplease\b/i, reason: 'an instruction needs no "please"', example: 'Please report it.' },
	{ pattern: /\be-mails?\b/i, reason: 'write "email", as n8n does', example: 'It sends an e-mail.' },
	{
		pattern:
			/\b(behaviours?|licences?|colours?|(apolog|author|initial|normal|organ|recogn|summar)is(e[ds]?|ing))\b/i,
		reason: 'American spelling, as in n8n',
		example: 'The node does not recognise it.',
	},
];

/** Beside those, habits that no message, label or description of the nodes has; a page may need these words. */
export const MESSAGE_HABITS: readonly Habit[] = [
	{
		pattern: /\b(problems?|mistakes?)\b/i,
		reason: "n8n's UX rules: say what happened",
		example: 'There was a problem.',
	},
	{
		pattern: /\b(sorry|oops|unfortunately)\b/i,
		reason: 'a message does not apologize',
		example: 'Sorry, it failed.',
	},
	{
		pattern: /\ban? (unexpected |unknown )?error (has )?occurred\b/i,
		reason: 'say what happened',
		example: 'An unexpected error occurred.',
	},
];
