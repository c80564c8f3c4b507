"""An independent scan, slow and plain: sets of cells, and likelihoods written out cell by cell."""

import itertools
import math


def circles_of(points, homes, share):
    """List every circle as the set of its cells: all cells within some distance of some cell."""
    circles = set()
    for east, north in points:
        far = [round(1_000 * math.dist((east, north), point)) for point in points]
        circles |= {frozenset(cell for cell, mm in enumerate(far) if mm <= radius) for radius in far}
    most = share * math.fsum(homes) * (1 + 1e-9)
    return {circle for circle in circles if math.fsum(homes[cell] for cell in circle) <= most}


def log_likelihood_ratio(circle, counts, homes):
    """Compare the best Poisson rates inside and outside, at least as high inside, with one rate for everybody."""
    inside = [(counts[cell], homes[cell]) for cell in circle]
    outside = [(counts[cell], homes[cell]) for cell in range(len(homes)) if cell not in circle]
    if rate(inside) <= rate(outside):
        return 0.0
    apart = log_likelihood(inside, rate(inside)) + log_likelihood(outside, rate(outside))
    return apart - log_likelihood(inside + outside, rate(inside + outside))


def rate(cells):
    return math.fsum(count for count, _ in cells) / math.fsum(homes for _, homes in cells)


def log_likelihood(cells, rate):
    """Poisson, but for what does not depend on the rate."""
    return math.fsum((count * math.log(rate * homes) if count else 0.0) - rate * homes for count, homes in cells)


def overdispersion(circle, homes, covariance, clients):
    """Compare the variance of a circle's count with the multinomial one, pair of cells by pair of cells."""
    shares = [own / math.fsum(homes) for own in homes]
    held = math.fsum(shares[cell] for cell in circle)
    moves = [share * ((cell in circle) - held) for cell, share in enumerate(shares)]
    pairs = itertools.product(range(len(homes)), repeat=2)
    variance = math.fsum(moves[i] * covariance[i][j] * moves[j] for i, j in pairs)
    return 1 + (clients - 1) * variance / (held * (1 - held))


def clusters_apart(points, counts, homes, share, covariance):
    """Rank all circles by ratio over overdispersion; take each that shares no cell with one taken, ten at most."""
    ratios = {circle: log_likelihood_ratio(circle, counts, homes) for circle in circles_of(points, homes, share)}
    unlikely = {
        circle: ratio / overdispersion(circle, homes, covariance, sum(counts)) if ratio else 0.0
        for circle, ratio in ratios.items()
    }
    taken = []
    for circle in sorted(unlikely, key=lambda circle: (-unlikely[circle], len(circle), sorted(circle))):
        if unlikely[circle] > 0 and len(taken) < 10 and not any(circle & other for other, _ in taken):
            taken.append((circle, ratios[circle]))
    return taken


def exact_law(points, homes, clients, share, chance):
    """Add up the chance of every largest ratio over all ways the clients can fall; `chance` gives that of counts."""
    circles = circles_of(points, homes, share)
    law = {}
    for counts in itertools.product(range(clients + 1), repeat=len(homes)):
        if sum(counts) == clients:
            largest = max(log_likelihood_ratio(circle, counts, homes) for circle in circles)
            law[largest] = law.get(largest, 0.0) + chance(counts)
    assert math.isclose(sum(law.values()), 1)
    return law
