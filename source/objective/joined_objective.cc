// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/objective/joined_objective.h>

#include <deal.II/base/exceptions.h>

#include <algorithm>

namespace sobolev
{
  JoinedObjective::JoinedObjective(
    std::vector<std::unique_ptr<LocalObjective>> parts)
    : parts(std::move(parts))
  {
    Assert(!this->parts.empty(), dealii::ExcInternalError());
    Assert(std::all_of(this->parts.begin(),
                       this->parts.end(),
                       [&](const auto &part) {
                         return part->n_parameters() == n_parameters();
                       }),
           dealii::ExcMessage("The objectives have different parameters."));
  }



  unsigned int
  JoinedObjective::n_parameters() const
  {
    return parts.front()->n_parameters();
  }



  std::size_t
  JoinedObjective::n_rows() const
  {
    std::size_t n = 0;
    for (const auto &part : parts)
      n += part->n_rows();
    return n;
  }



  std::vector<std::string>
  JoinedObjective::block_names() const
  {
    std::vector<std::string> result;
    for (const auto &part : parts)
      for (const std::string &name : part->block_names())
        result.push_back(name);
    return result;
  }



  std::vector<ParameterGroup>
  JoinedObjective::parameter_groups() const
  {
    return parts.front()->parameter_groups();
  }



  std::vector<double>
  JoinedObjective::row_weights() const
  {
    std::vector<double> result;
    for (const auto &part : parts)
      for (const double weight : part->row_weights())
        result.push_back(weight);
    return result;
  }



  std::vector<double>
  JoinedObjective::points_of_rows() const
  {
    std::vector<std::vector<double>> points;
    std::size_t                      n_inputs = 0;
    for (const auto &part : parts)
      {
        points.push_back(part->points_of_rows());
        if (!points.back().empty())
          n_inputs = points.back().size() / part->n_rows();
      }
    std::vector<double> result;
    for (std::size_t p = 0; p < parts.size(); ++p)
      {
        points[p].resize(parts[p]->n_rows() * n_inputs, 0.);
        result.insert(result.end(), points[p].begin(), points[p].end());
      }
    return result;
  }



  std::vector<unsigned int>
  JoinedObjective::blocks_of_rows() const
  {
    std::vector<unsigned int> result;
    unsigned int              first_block = 0;
    for (const auto &part : parts)
      {
        for (const unsigned int block : part->blocks_of_rows())
          result.push_back(first_block + block);
        first_block += part->block_names().size();
      }
    return result;
  }



  std::vector<double>
  JoinedObjective::block_weights() const
  {
    std::vector<double> result;
    for (const auto &part : parts)
      for (const double weight : part->block_weights())
        result.push_back(weight);
    return result;
  }



  void
  JoinedObjective::set_block_weights(const std::vector<double> &weights)
  {
    auto begin = weights.begin();
    for (const auto &part : parts)
      {
        const auto end = begin + part->block_names().size();
        part->set_block_weights(std::vector<double>(begin, end));
        begin = end;
      }
    Assert(begin == weights.end(), dealii::ExcInternalError());
  }



  std::vector<double>
  JoinedObjective::block_losses(
    const dealii::ArrayView<const double> &theta) const
  {
    std::vector<double> result;
    for (const auto &part : parts)
      for (const double loss : part->block_losses(theta))
        result.push_back(loss);
    return result;
  }



  void
  JoinedObjective::compute_rows(const dealii::ArrayView<const double> &theta,
                                const dealii::ArrayView<double> &rows) const
  {
    std::size_t begin = 0;
    for (const auto &part : parts)
      {
        part->compute_rows(
          theta,
          dealii::ArrayView<double>(rows.data() + begin, part->n_rows()));
        begin += part->n_rows();
      }
  }



  void
  JoinedObjective::compute_rows_for_each(
    const std::vector<std::vector<double>> &thetas,
    std::vector<std::vector<double>>       &rows) const
  {
    rows_of_part.resize(thetas.size());
    std::size_t begin = 0;
    for (const auto &part : parts)
      {
        for (auto &of_theta : rows_of_part)
          of_theta.resize(part->n_rows());
        part->compute_rows_for_each(thetas, rows_of_part);
        for (std::size_t k = 0; k < thetas.size(); ++k)
          std::copy(rows_of_part[k].begin(),
                    rows_of_part[k].end(),
                    rows[k].begin() + begin);
        begin += part->n_rows();
      }
  }



  double
  JoinedObjective::add_gradient(const dealii::ArrayView<const double> &theta,
                                const dealii::ArrayView<double> &gradient) const
  {
    double loss = 0.;
    for (const auto &part : parts)
      loss += part->add_gradient(theta, gradient);
    return loss;
  }



  double
  JoinedObjective::add_weighted_gradient(
    const dealii::ArrayView<const double> &theta,
    const std::vector<double>             &factors,
    const dealii::ArrayView<double>       &gradient) const
  {
    double loss  = 0.;
    auto   begin = factors.begin();
    for (const auto &part : parts)
      {
        const auto                end = begin + part->block_names().size();
        const std::vector<double> of_part(begin, end);
        if (std::any_of(begin, end, [](const double f) {
              return f != 0.;
            }))
          loss += part->add_weighted_gradient(theta, of_part, gradient);
        begin = end;
      }
    return loss;
  }



  void
  JoinedObjective::add_transpose_product(
    const dealii::ArrayView<const double> &theta,
    const dealii::ArrayView<const double> &v,
    const dealii::ArrayView<double>       &result) const
  {
    std::size_t begin = 0;
    for (const auto &part : parts)
      {
        part->add_transpose_product(
          theta,
          dealii::ArrayView<const double>(v.data() + begin, part->n_rows()),
          result);
        begin += part->n_rows();
      }
  }



  void
  JoinedObjective::compute_jacobian(
    const dealii::ArrayView<const double>            &theta,
    const std::function<void(const JacobianPanel &)> &action) const
  {
    std::size_t begin = 0;
    for (const auto &part : parts)
      {
        part->compute_jacobian(theta, [&](const JacobianPanel &panel) {
          action({begin + panel.first_row,
                  panel.rows,
                  panel.jacobian,
                  panel.leading});
        });
        begin += part->n_rows();
      }
  }
} // namespace sobolev
