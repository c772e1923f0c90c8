// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/objective/function_mismatch.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace sobolev
{
  namespace
  {
    // Make a sum a channel; the directions of the jet are the inputs, but for
    // those that are added here.
    unsigned int
    add_channel(const DerivativeSum &sum, JetSpecification &jet)
    {
      const std::size_t order = sum.front().along.size();
      if (order == 0)
        return 0;
      if (order > 1)
        return jet.add(sum);
      std::vector<double> direction;
      for (const auto &term : sum)
        {
          const unsigned int input = term.along.front();
          direction.resize(std::max<std::size_t>(direction.size(), input + 1),
                           0.);
          direction[input] += term.factor;
        }
      return jet.first(jet.add_direction(direction));
    }



    // A jet with the inputs as directions, as far as derivatives of higher
    // order need them.
    JetSpecification
    make_jet(const DerivativeSum &sum, const unsigned int n_inputs)
    {
      JetSpecification jet;
      if (sum.front().along.size() > 1)
        for (unsigned int i = 0; i < n_inputs; ++i)
          jet.add_first(i);
      return jet;
    }
  } // namespace



  DerivativeSum
  sum_of_derivatives(const unsigned int n_inputs, const unsigned int order)
  {
    AssertIndexRange(order, JetSpecification::max_order + 1);
    if (order == 0)
      return {{{}, 1.}};
    DerivativeSum sum;
    for (unsigned int i = 0; i < n_inputs; ++i)
      sum.push_back({JetSpecification::MultiIndex(order, i), 1.});
    return sum;
  }



  std::vector<DerivativeSum>
  all_derivatives(const unsigned int n_inputs, const unsigned int order)
  {
    AssertIndexRange(order, JetSpecification::max_order + 1);
    // Those of the order before, along one more input that is not smaller.
    std::vector<DerivativeSum> all{{{{}, 1.}}};
    for (unsigned int k = 0; k < order; ++k)
      {
        std::vector<DerivativeSum> next;
        for (const DerivativeSum &one : all)
          {
            const auto &along = one.front().along;
            for (unsigned int i = along.empty() ? 0 : along.back();
                 i < n_inputs;
                 ++i)
              {
                next.push_back(one);
                next.back().front().along.push_back(i);
              }
          }
        all = next;
      }
    return all;
  }



  FunctionMismatch::FunctionMismatch(
    const std::string                                       &name,
    const std::vector<std::shared_ptr<const InputFunction>> &functions,
    const std::vector<DerivativeSum>                        &sums,
    InputPoints                                              points,
    const double                                             weight,
    const unsigned int                                       multiplier)
    : ResidualBlock(name, std::move(points), weight)
    , n_unknowns(functions.size())
    , multiplier(multiplier)
    , jet(make_jet(sums.front(), this->points().n_inputs()))
  {
    for (const DerivativeSum &sum : sums)
      channels.push_back(add_channel(sum, jet));
    compute_labels(functions, sums);
  }



  void
  FunctionMismatch::compute_labels(
    const std::vector<std::shared_ptr<const InputFunction>> &functions,
    const std::vector<DerivativeSum>                        &sums)
  {
    const std::size_t  n        = points().size();
    const unsigned int n_inputs = points().n_inputs();
    labels.resize(n_unknowns * sums.size() * n);
    for (unsigned int s = 0; s < sums.size(); ++s)
      {
        // A jet for this sum alone: that of the network may be too large.
        JetSpecification   own_jet = make_jet(sums[s], n_inputs);
        const unsigned int channel = add_channel(sums[s], own_jet);
        AssertInput(own_jet.n_channels() <= Jet::max_channels,
                    "the labels of the block '"
                      << name() << "' need " << own_jet.n_channels()
                      << " derivatives with " << n_inputs
                      << " inputs; formulas have at most " << Jet::max_channels
                      << ".");
        std::vector<Jet> x(n_inputs, Jet(own_jet, 0.));
        for (std::size_t p = 0; p < n; ++p)
          {
            for (unsigned int i = 0; i < n_inputs; ++i)
              x[i] = Jet::input(own_jet, i, points()(i, p));
            for (unsigned int c = 0; c < n_unknowns; ++c)
              {
                const double label = functions[c]->evaluate(
                  dealii::ArrayView<const Jet>(x.data(), x.size()))[channel];
                if (!std::isfinite(label))
                  {
                    std::ostringstream place;
                    for (const double coordinate : points().point(p))
                      place << (place.tellp() > 0 ? ", " : "") << coordinate;
                    throw InputError("exact solution: the label of the block "
                                     "'" +
                                     name() +
                                     "' is not a finite number at the point (" +
                                     place.str() + ").");
                  }
                labels[(c * sums.size() + s) * n + p] = label;
              }
          }
      }
  }



  JetSpecification
  FunctionMismatch::jet_specification() const
  {
    return jet;
  }



  unsigned int
  FunctionMismatch::n_equations() const
  {
    return n_unknowns * channels.size();
  }



  void
  FunctionMismatch::evaluate(
    const std::size_t                      first,
    const unsigned int                     n_points,
    const dealii::ArrayView<const double> &jets,
    const unsigned int                     stride,
    const dealii::ArrayView<double>       &residuals,
    const dealii::ArrayView<double>       &linearisation) const
  {
    const unsigned int n_channels = jet.n_channels();
    // The network may have more outputs.
    const std::size_t n_rows = linearisation.size() / (n_equations() * stride);
    std::fill(linearisation.begin(), linearisation.end(), 0.);
    for (unsigned int c = 0; c < n_unknowns; ++c)
      for (unsigned int s = 0; s < channels.size(); ++s)
        {
          const unsigned int e   = c * channels.size() + s;
          const unsigned int row = c * n_channels + channels[s];
          const double *label    = labels.data() + e * points().size() + first;
          const double *const derivative = jets.data() + row * stride;
          if (multiplier == no_multiplier)
            {
              for (unsigned int p = 0; p < n_points; ++p)
                residuals[e * stride + p] = derivative[p] - label[p];
              if (linearisation.size() > 0)
                std::fill_n(linearisation.begin() + (e * n_rows + row) * stride,
                            n_points,
                            1.);
              continue;
            }

          const unsigned int  row_of_m = multiplier * n_channels;
          const double *const m        = jets.data() + row_of_m * stride;
          for (unsigned int p = 0; p < n_points; ++p)
            residuals[e * stride + p] = m[p] * derivative[p] - label[p];
          if (linearisation.size() > 0)
            {
              std::copy_n(m,
                          n_points,
                          linearisation.begin() + (e * n_rows + row) * stride);
              std::copy_n(derivative,
                          n_points,
                          linearisation.begin() +
                            (e * n_rows + row_of_m) * stride);
            }
        }
  }
} // namespace sobolev
