// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/loss_function.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>
#include <cmath>

namespace sobolev
{
  namespace
  {
    // q(r) and q'(r).
    struct Row
    {
      double value, slope;
    };



    Row
    make_row(const LossFunction &loss, const double r)
    {
      const double size = std::abs(r);
      switch (loss.kind)
        {
          case LossFunction::Kind::absolute:
            {
              // At zero, the gradient is that of the left and right in mean.
              const double q = std::sqrt(size);
              return {std::copysign(q, r), q > 0. ? 0.5 / q : 0.};
            }
          case LossFunction::Kind::huber:
            if (size > loss.threshold)
              {
                const double q = std::sqrt(loss.value(r));
                return {std::copysign(q, r), loss.threshold / q};
              }
            return {r, 1.};
          default:
            return {r, 1.};
        }
    }
  } // namespace



  double
  LossFunction::value(const double residual) const
  {
    const double size = std::abs(residual);
    switch (kind)
      {
        case Kind::absolute:
          return size;
        case Kind::huber:
          if (size > threshold)
            return threshold * (2. * size - threshold);
          return residual * residual;
        default:
          return residual * residual;
      }
  }



  void
  LossFunction::make_rows(const dealii::ArrayView<double> &residuals,
                          const dealii::ArrayView<double> &linearisation) const
  {
    if (kind == Kind::squares)
      return;
    const std::size_t n = residuals.size();
    Assert(n == 0 || linearisation.size() % n == 0, dealii::ExcInternalError());
    for (std::size_t i = 0; i < n; ++i)
      {
        const Row row = make_row(*this, residuals[i]);
        residuals[i]  = row.value;
        for (std::size_t k = i; k < linearisation.size(); k += n)
          linearisation[k] *= row.slope;
      }
  }



  std::vector<std::string>
  loss_function_names()
  {
    return {"squares", "absolute", "huber"};
  }



  LossFunction::Kind
  make_loss_function_kind(const std::string &name)
  {
    const auto names = loss_function_names();
    const auto found = std::find(names.begin(), names.end(), name);
    AssertInput(found != names.end(),
                "there is no loss function '" << name
                                              << "'; known are squares, "
                                                 "absolute and huber.");
    return static_cast<LossFunction::Kind>(found - names.begin());
  }
} // namespace sobolev
