// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/sum_of_losses.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace sobolev
{
  SumOfLosses::SumOfLosses(std::vector<std::unique_ptr<LocalLoss>> parts)
    : parts(std::move(parts))
  {
    Assert(!this->parts.empty(), dealii::ExcInternalError());
    Assert(std::all_of(this->parts.begin(),
                       this->parts.end(),
                       [&](const auto &part) {
                         return part->n_parameters() == n_parameters();
                       }),
           dealii::ExcMessage("The losses have different parameters."));
  }



  unsigned int
  SumOfLosses::n_parameters() const
  {
    return parts.front()->n_parameters();
  }



  std::vector<std::string>
  SumOfLosses::block_names() const
  {
    std::vector<std::string> result;
    for (const auto &part : parts)
      {
        const auto names = part->block_names();
        result.insert(result.end(), names.begin(), names.end());
      }
    return result;
  }



  std::vector<ParameterGroup>
  SumOfLosses::parameter_groups() const
  {
    return parts.front()->parameter_groups();
  }



  std::vector<double>
  SumOfLosses::block_losses(const dealii::ArrayView<const double> &theta) const
  {
    std::vector<double> result;
    for (const auto &part : parts)
      {
        const auto losses = part->block_losses(theta);
        result.insert(result.end(), losses.begin(), losses.end());
      }
    return result;
  }



  double
  SumOfLosses::add_gradient(const dealii::ArrayView<const double> &theta,
                            const dealii::ArrayView<double> &gradient) const
  {
    double loss = 0.;
    for (const auto &part : parts)
      loss += part->add_gradient(theta, gradient);
    return loss;
  }
} // namespace sobolev
