"""Times torch, gymnasium and sb3-contrib for the bench, on one thread.

The first line written says which versions there are and which work can be done. Then a line
{"what": ..., "widths": [...], "rows": N, "seconds": s} asks for a burst of s seconds, and is answered
by {"seconds": per unit, of processor time} or {"error": text}. The last case asked for stays prepared.
"""

import importlib
import json
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

DAMPING, KL, ITERATIONS = 0.1, 0.01, 10
LOOP = 1000  # environment steps of one call


def load(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


torch, np, gym, sb3 = map(load, ("torch", "numpy", "gymnasium", "sb3_contrib"))


def network(widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
    return torch.nn.Sequential(*layers[:-1])


def matmul(widths, rows):
    a, b, out = torch.rand(rows, rows), torch.rand(rows, rows), torch.empty(rows, rows)
    return lambda: torch.mm(a, b, out=out), 1


def row(widths, rows):
    net, x = network(widths), 2 * torch.rand(1, widths[0]) - 1

    def run():
        with torch.inference_mode():
            net(x)

    return run, 1


class Problem:
    """A Gaussian policy on a batch, as TRPO of sb3-contrib sees it, less what only costs time there."""

    def __init__(self, widths, rows):
        self.net = network(widths)
        self.log_std = torch.nn.Parameter(torch.full((widths[-1],), -0.5))
        self.parameters = [*self.net.parameters(), self.log_std]
        self.observations = 2 * torch.rand(rows, widths[0]) - 1
        self.actions = 2 * torch.rand(rows, widths[-1]) - 1
        self.advantages = 2 * torch.rand(rows) - 1
        with torch.no_grad():
            self.old = self.distribution()
            self.old_log_prob = self.old.log_prob(self.actions).sum(-1)

    def distribution(self):
        return torch.distributions.Normal(self.net(self.observations), self.log_std.exp())

    def objective(self, distribution):
        log_prob = distribution.log_prob(self.actions).sum(-1)
        return (self.advantages * torch.exp(log_prob - self.old_log_prob)).mean()

    def kl(self, distribution):
        return torch.distributions.kl_divergence(distribution, self.old).sum(-1).mean()

    def gradient_of(self, value, **options):
        parts = torch.autograd.grad(value, self.parameters, **options)
        return torch.cat([part.reshape(-1) for part in parts])

    def product(self, distribution):
        """v -> F v by differentiating dKL . v, the graph of dKL kept between products."""
        slope = torch.autograd.grad(self.kl(distribution), self.parameters, create_graph=True)
        sizes = [parameter.numel() for parameter in self.parameters]

        def times(v):
            parts = [part.view_as(s) for part, s in zip(v.split(sizes), slope)]
            return self.gradient_of(slope, grad_outputs=parts, retain_graph=True)

        return times

    def move(self, theta):
        torch.nn.utils.vector_to_parameters(theta, self.parameters)


def product(widths, rows):
    problem = Problem(widths, rows)
    times = problem.product(problem.distribution())
    v = torch.cat([torch.randn(p.numel()) for p in problem.parameters])
    return lambda: times(v), 1


def gradient(widths, rows):
    problem = Problem(widths, rows)
    return lambda: problem.gradient_of(problem.objective(problem.distribution())), 1


def solve(times, b):
    """Conjugate gradient from zero for (F + damping I) x = b."""
    x, r, p = torch.zeros_like(b), b.clone(), b.clone()
    rr = r @ r
    for _ in range(ITERATIONS):
        z = times(p) + DAMPING * p
        alpha = rr / (p @ z)
        x += alpha * p
        r -= alpha * z
        rr, before = r @ r, rr
        p = r + (rr / before) * p
    return x


def update(widths, rows):
    problem = Problem(widths, rows)
    start = torch.nn.utils.parameters_to_vector(problem.parameters).detach().clone()

    def run():
        distribution = problem.distribution()
        objective = problem.objective(distribution)
        g = problem.gradient_of(objective, retain_graph=True)
        times = problem.product(distribution)
        w = solve(times, g)
        alpha = torch.sqrt(2 * KL / (w @ times(w)))
        with torch.no_grad():  # one trial on either side, however the line search would have gone
            problem.move(start + alpha * w)
            moved = problem.distribution()
            problem.kl(moved).item(), (problem.objective(moved) - objective).item()
            problem.move(start)

    return run, 1


def play(choose):
    env = gym.make("CartPole-v1")
    state = {"observation": env.reset(seed=1)[0]}

    def run():
        observation = state["observation"]
        for t in range(LOOP):
            observation, _, terminated, truncated, _ = env.step(choose(t, observation))
            if terminated or truncated:
                observation, _ = env.reset()
        state["observation"] = observation

    return run, LOOP


def random_actions(widths, rows):
    actions = np.random.default_rng(1).integers(2, size=LOOP).tolist()
    return play(lambda t, observation: actions[t])


def linear_policy(widths, rows):
    random = np.random.default_rng(1)
    weights, bias = 0.1 * random.standard_normal((2, 4)), np.zeros(2)

    def choose(_, observation):
        logits = weights @ observation + bias
        e = np.exp(logits - logits.max())
        return int(random.random() * e.sum() >= e[0])

    return play(choose)


def training(widths, rows):
    """2048 steps and the update after them, with the defaults of sb3-contrib."""
    model = sb3.TRPO("MlpPolicy", "CartPole-v1", seed=1, device="cpu")
    return lambda: model.learn(2048, reset_num_timesteps=False), 2048


def burst(run, units, seconds):
    run()  # after the others' turn the caches are cold
    began, until, calls = time.process_time(), time.perf_counter() + seconds, 0
    while calls == 0 or time.perf_counter() < until:
        run()
        calls += 1
    return (time.process_time() - began) / calls / units


CASES = {
    "matmul": (matmul, "torch", torch),
    "row": (row, "torch", torch),
    "product": (product, "torch", torch),
    "gradient": (gradient, "torch", torch),
    "update": (update, "torch", torch),
    "random": (random_actions, "gymnasium", np and gym),
    "linear": (linear_policy, "gymnasium + numpy", np and gym),
    "training": (training, "sb3-contrib", gym and sb3),
}


def main():
    answers, sys.stdout = sys.stdout, sys.stderr  # libraries print what they like
    if torch:
        torch.set_num_threads(1)
        torch.manual_seed(1)
        torch.distributions.Distribution.set_default_validate_args(False)
    libraries = {"torch": torch, "numpy": np, "gymnasium": gym, "sb3-contrib": sb3}
    versions = {name: getattr(library, "__version__", None) for name, library in libraries.items()}
    versions["python"] = sys.version.split()[0]
    can = {what: name for what, (_, name, library) in CASES.items() if library}
    print(json.dumps({"versions": versions, "can": can}), file=answers, flush=True)
    asked, prepared = None, None
    for line in sys.stdin:
        request = json.loads(line)
        seconds = request.pop("seconds")
        try:
            if request != asked:
                make = CASES[request["what"]][0]
                prepared = make(request.get("widths"), request.get("rows"))
                asked = request
            answer = {"seconds": burst(*prepared, seconds)}
        except Exception as error:  # the bench prints it and goes on without the peer
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
