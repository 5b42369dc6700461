/**
 * The numbers that are our own choice: how often, how long, how many. What a vendor documents (rates, page sizes, time
 * limits of its login) stands in that vendor's folder.
 */

// Attempts

/** Requests that may carry one target. The fifth comes after about 15 s of waits; what still fails then is not a hiccup. */
export const MAX_ATTEMPTS = 5;

/** Requests for one page or one look-up. As for a command: reading is what the user asked for. */
export const MAX_READ_ATTEMPTS = 5;

/** Requests for the state of targets. Fewer, because the command waits for the answer and can do without it. */
export const MAX_STATE_ATTEMPTS = 3;

/** Sessions that one request may go through where other processes may void each. Two workers settle in one. */
export const MAX_SESSION_ROUNDS = 3;

/** Requests for one call of a login. As for a command: a server in trouble deserves the same patience. */
export const MAX_LOGIN_ATTEMPTS = 5;

/**
 * Requests in a row that find no way to the server, after which the run stops. Two waits get over a restart or a moment
 * without DNS; a server that is down is found out within seconds.
 */
export const ATTEMPTS_TO_CONNECT = 3;

/** Renewals by n8n that meet a token server in trouble, after which the run stops: each is one request more to it. */
export const ATTEMPTS_TO_RENEW = 2;

/**
 * Batches in a row without a useful answer, each tried as often as allowed, after which the vendor is taken for down. A
 * single one may be the fault of its own content.
 */
export const FAILURE_THRESHOLD = 2;

/** The same where the vendor answers questions in between: it is there, and the commands may be at fault. */
export const FAILURE_THRESHOLD_WITH_READS = 5;

/** Requests for a target whose answer may be clearer the second time: after that it only repeats itself. */
export const ONE_REPETITION = 2;

/** Requests for a target that others in its batch hide: with all, with the unnamed, alone, and once more for a lost answer. */
export const ATTEMPTS_TO_ISOLATE = 4;

/** Requests for a target that a lock may hold back: a step that is being executed ends within seconds. */
export const ATTEMPTS_AT_A_LOCK = 3;

/** Requests for a target where each also renews the session: a vendor may block a client that renews often. */
export const ATTEMPTS_WITH_RENEWAL = 3;

// Waits

/** Milliseconds before the second attempt; doubled with each further one. Shorter than a second looks like a burst to a limiter. */
export const BASE_WAIT_MS = 1_000;

/** Milliseconds. A vendor that asks for more is not waited for: nobody wants a workflow to hang for that long. */
export const MAX_WAIT_MS = 120_000;

/** Milliseconds. Older versions of n8n do not listen to a signal while they wait, so long waits are cut into pieces. */
export const MAX_NAP_MS = 500;

/**
 * Milliseconds, at least and at most, that another process takes to log in and n8n to save its session. A random time in
 * between keeps two processes apart; it is doubled with each further round.
 */
export const OTHER_LOGIN_MS = { least: 200, most: 1_500 };

/**
 * Milliseconds after its start in which a batch of commands may begin another attempt. The last one takes the timeout
 * of a request and three short questions, so with n8n's timeout a vendor that accepts and never answers costs one
 * target less than 15 minutes; after two batches like that the run stops, so all targets together cost less than 30.
 */
export const BATCH_BUDGET_MS = 420_000;

/**
 * Milliseconds for which a run may go on while no command is answered, whatever the vendor says to questions. Longer than
 * the two batches that are tried of a silent vendor.
 */
export const UNANSWERED_BUDGET_MS = 1_800_000;

// Rates

/** What remains of a host's rate after it throttled a request. Half, as in the AIMD of TCP (RFC 5681). */
export const THROTTLED_FACTOR = 0.5;

/** The least share of a host's rate. Less would look like a stop. */
export const MIN_RATE_FACTOR = 0.1;

/** What each accepted request wins back, so that several processes on one host find their shares. Ten undo one halving. */
export const RECOVERY_STEP = 0.05;

// Requests in flight

/**
 * Where a vendor documents no limit: requests that may be open at first, which is polite and still fast, and at most,
 * where n8n's own cost of a request (3.6 ms) begins to matter more than the wait for an answer.
 */
export const ADAPTIVE_IN_FLIGHT = { first: 5, most: 20 };

/** Good answers before there may be one request more, where the limit is lower. Fewer would be gone within a moment. */
export const LEAST_WINDOW = 5;

/** Milliseconds. Shorter answers never count as slow: n8n itself takes that long where many come at once. */
export const QUICK_ANSWER_MS = 200;

/** How many times the best median an answer may take before it counts as slow: times of answers vary by themselves. */
export const SLOW_FACTOR = 1.5;

/** The share of slow answers at which the limit does not grow: their median is slow. */
export const HELD_SHARE = 0.5;

/**
 * The share of slow answers that halves the limit. When our requests queue, nearly all are slow. Without a queue about half are
 * slow where half of the targets had already ended, because a vendor says that more quickly than it ends one.
 */
export const SLOW_SHARE = 0.75;

/** Answers that take at most so many times the best median show that our requests do not queue. */
export const STEADY_FACTOR = 1.2;

/** Answers for a verdict about times. Among fewer, a few long ones are chance. */
export const ANSWERS_TO_JUDGE = 10;

/** Answers of one kind for a median that may be the best. With fewer, the luckiest of many medians would be far off. */
export const ANSWERS_FOR_BEST = 20;

/** Windows just below where the limit failed before it goes beyond: a vendor that refuses above it refuses rarely. */
export const PATIENCE = 10;

/** The most windows, after several times in vain. Thousands of requests. */
export const MAX_PATIENCE = 320;

/** Milliseconds without any request after which a limit begins anew: another night, another load. */
export const LIMIT_MEMORY_MS = 600_000;

// Timeouts

/** Milliseconds for one request where the user sets nothing: n8n's own default. */
export const REQUEST_TIMEOUT_MS = 300_000;

/** Milliseconds for a question, and for a login. Both are small; a run asks many of them, and waits for each. */
export const QUESTION_TIMEOUT_MS = 30_000;

/** How many times the timeout of a command a page of a list may take: a vendor puts hundreds of rows together. */
export const PAGE_TIMEOUT_FACTOR = 5;

/** Milliseconds that a cancelled call has to say what it gave up, such as a login that was never begun. */
export const CANCEL_GRACE_MS = 100;

/** Milliseconds for a pick list with all its requests. Nobody waits longer for a list to open. */
export const PICK_LIST_TIMEOUT_MS = 60_000;

// Lists

/** Requests for one list. A list that has not ended after so many never will. */
export const MAX_LIST_REQUESTS = 2_000;

/** Passes over a list that is read until nothing new turns up. A list that grows faster has no end. */
export const MAX_LIST_PASSES = 4;

/**
 * Milliseconds after a page was asked for in which a command may rely on the states it gives; later the vendor is asked
 * again. Long enough for five requests at a time to use up a page of hundreds.
 */
export const MAX_STATE_AGE_MS = 10_000;

/** Pages that one search of a pick list reads at most: a user waits for them. Scrolling on reads more. */
export const MAX_SEARCH_PAGES = 20;

// Sessions

/** Milliseconds within which a request that was under way during another login comes back refused. */
export const STRAGGLER_MS = 60_000;

/**
 * Milliseconds after its start in which a login may make another attempt, unless the server asks to wait for longer. A
 * server that is restarted is back by then, and all requests on that credential wait.
 */
export const LOGIN_BUDGET_MS = 60_000;

/** Milliseconds in which a refused login is not repeated: several systems lock an account after a few. */
export const REFUSED_LOGIN_MS = 10_000;

// Memory of the process

/** Hosts whose rate is remembered. Far more than one n8n talks to at a time. */
export const MAX_HOSTS = 500;

/** Credentials whose session is remembered. Far more than one n8n uses at a time. */
export const MAX_SESSIONS = 500;

/** Runs of nodes whose pace and whose earlier tries are remembered. Far more than go on at a time. */
export const MAX_REMEMBERED_RUNS = 100;

/** Executions in which the targets of tools are counted. */
export const MAX_REMEMBERED_EXECUTIONS = 1000;

/** Milliseconds. A time no further ahead than this is taken for now: clocks differ, and expressions round. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

// The event loop and the log

/** Milliseconds. n8n freezes for everybody while a node computes, so nothing of ours goes on for longer than this. */
export const MAX_STRETCH_MS = 15;

/** Milliseconds between two lines about the progress of a run in n8n's log. */
export const PROGRESS_EVERY_MS = 15_000;
