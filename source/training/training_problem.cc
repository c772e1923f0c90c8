// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/training_problem.h>

#include <algorithm>
#include <numeric>

namespace sobolev
{
  namespace
  {
    dealii::ArrayView<const double>
    view(const std::vector<double> &v)
    {
      return {v.data(), v.size()};
    }
  } // namespace



  TrainingProblem::TrainingProblem(const LocalLoss *training,
                                   const LocalLoss *hold_out,
                                   const MPI_Comm   communicator)
    : training(*training)
    , hold_out(hold_out)
    , communicator(communicator)
  {
  }



  bool
  TrainingProblem::is_root() const
  {
    return dealii::Utilities::MPI::this_mpi_process(communicator) == 0;
  }



  double
  TrainingProblem::loss(const std::vector<double> &theta) const
  {
    const auto losses = training.block_losses(view(theta));
    return sum(std::accumulate(losses.begin(), losses.end(), 0.));
  }



  double
  TrainingProblem::hold_out_loss(const std::vector<double> &theta) const
  {
    const auto losses = hold_out->block_losses(view(theta));
    return sum(std::accumulate(losses.begin(), losses.end(), 0.));
  }



  std::vector<double>
  TrainingProblem::block_losses(const std::vector<double> &theta) const
  {
    auto losses = training.block_losses(view(theta));
    sum(dealii::make_array_view(losses));
    return losses;
  }



  double
  TrainingProblem::gradient(const std::vector<double> &theta,
                            std::vector<double>       &gradient) const
  {
    // The loss travels with the gradient: one message.
    std::vector<double> buffer(n_parameters() + 1, 0.);
    buffer.back() = training.add_gradient(
      view(theta), dealii::ArrayView<double>(buffer.data(), n_parameters()));
    sum(dealii::make_array_view(buffer));

    gradient.assign(buffer.begin(), buffer.end() - 1);
    return buffer.back();
  }



  void
  TrainingProblem::sum(const dealii::ArrayView<double> &values) const
  {
    const int size = values.size();
    MPI_Reduce(is_root() ? MPI_IN_PLACE : values.data(),
               values.data(),
               size,
               MPI_DOUBLE,
               MPI_SUM,
               0,
               communicator);
    broadcast(values);
  }



  double
  TrainingProblem::sum(const double value) const
  {
    double result = value;
    sum(dealii::ArrayView<double>(&result, 1));
    return result;
  }



  void
  TrainingProblem::broadcast(const dealii::ArrayView<double> &values) const
  {
    MPI_Bcast(values.data(),
              static_cast<int>(values.size()),
              MPI_DOUBLE,
              0,
              communicator);
  }
} // namespace sobolev
