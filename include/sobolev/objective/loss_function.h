// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_objective_loss_function_h
#define sobolev_objective_loss_function_h

#include <deal.II/base/array_view.h>

#include <string>
#include <vector>

namespace sobolev
{
  /**
   * What a residual $r$ contributes to a loss, $\varrho(r) \ge 0$:
   *
   * | kind       | $\varrho(r)$                                               |
   * | ---------- | ---------------------------------------------------------- |
   * | `squares`  | $r^2$                                                      |
   * | `absolute` | $|r|$                                                      |
   * | `huber`    | $r^2$ for $|r| \le \delta$, otherwise $\delta (2|r| - \delta)$ (Huber 1964) |
   *
   * Objectives are sums of squares of rows; the row of a residual is the root
   * with the sign of the residual, $q(r) = \operatorname{sign}(r)
   * \sqrt{\varrho(r)}$. Losses and their gradients are those of $\varrho$,
   * since $2 q q' = \varrho'$, with $\varrho'(0) = 0$.
   *
   * A Gauss-Newton method sees the rows: those of Huber have $0 < q' \le 1$ and
   * suit it well. Those of absolute values have a slope $q' = 1 / (2
   * \sqrt{|r|})$ without bound, and a full step on them leads from $r$ to $-r$:
   * for these, the damping does the work.
   */
  struct LossFunction
  {
    enum class Kind
    {
      squares,
      absolute,
      huber
    };

    Kind kind = Kind::squares;

    /** Of Huber: $\delta > 0$ [r]. */
    double threshold = 1.;

    /** $\varrho(r)$. */
    double value(const double residual) const;

    /**
     * Replace $n$ @p residuals $r$ by $q(r)$, and multiply what @p linearisation
     * has for them by $q'(r)$: entry $i$ of several columns of $n$ belongs to
     * residual $i$. It may be empty.
     */
    void make_rows(const dealii::ArrayView<double> &residuals,
                   const dealii::ArrayView<double> &linearisation) const;
  };

  /** The names of the kinds, as LossFunction has them. */
  std::vector<std::string> loss_function_names();

  /** @throws InputError if there is none with this name. */
  LossFunction::Kind make_loss_function_kind(const std::string &name);
} // namespace sobolev

#endif
