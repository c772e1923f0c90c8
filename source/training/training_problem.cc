// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/training/message_pieces.h>
#include <sobolev/training/training_problem.h>

#include <limits>
#include <numeric>

namespace sobolev
{
  using internal::for_each_piece;

  namespace
  {
    // Messages longer than this go in pieces.
    constexpr std::size_t largest_piece = std::numeric_limits<int>::max();

    // Of messages between two processes.
    constexpr int tag = 0;



    dealii::ArrayView<const double>
    view(const std::vector<double> &v)
    {
      return {v.data(), v.size()};
    }
  } // namespace



  TrainingProblem::TrainingProblem(const LocalLoss *training,
                                   const LocalLoss *hold_out,
                                   const MPI_Comm   communicator,
                                   LossAdaptation  *adaptation)
    : training(*training)
    , hold_out(hold_out)
    , communicator(communicator)
    , adaptation(adaptation)
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
    sum_on_root(values);
    broadcast(values);
  }



  void
  TrainingProblem::sum_on_root(const dealii::ArrayView<double> &values) const
  {
    sum_on(values, 0);
  }



  void
  TrainingProblem::sum_on(const dealii::ArrayView<double> &values,
                          const unsigned int               to) const
  {
    const bool is_here =
      dealii::Utilities::MPI::this_mpi_process(communicator) == to;
    for_each_piece(values.size(),
                   largest_piece,
                   [&](const std::size_t begin, const int size) {
                     double *const piece = values.data() + begin;
                     MPI_Reduce(is_here ? MPI_IN_PLACE : piece,
                                piece,
                                size,
                                MPI_DOUBLE,
                                MPI_SUM,
                                to,
                                communicator);
                   });
  }



  void
  TrainingProblem::reduce(
    const bool                                        takes_part,
    std::vector<double>                              &values,
    const std::function<void(std::vector<double> &)> &combine) const
  {
    const unsigned int rank =
      dealii::Utilities::MPI::this_mpi_process(communicator);
    const auto all_take_part =
      dealii::Utilities::MPI::all_gather(communicator, takes_part ? 1 : 0);
    std::vector<unsigned int> members;
    unsigned int              position = 0;
    for (unsigned int r = 0; r < all_take_part.size(); ++r)
      if (all_take_part[r])
        {
          if (r == rank)
            position = members.size();
          members.push_back(r);
        }

    if (takes_part)
      {
        std::vector<double> received;
        for (unsigned int distance = 1; distance < members.size();
             distance *= 2)
          {
            if (position % (2 * distance) != 0)
              {
                send(dealii::make_array_view(values),
                     members[position - distance]);
                break;
              }
            if (position + distance < members.size())
              {
                received.resize(values.size());
                receive(dealii::make_array_view(received),
                        members[position + distance]);
                combine(received);
              }
          }
      }

    if (!members.empty() && members[0] != 0)
      {
        if (rank == members[0])
          send(dealii::make_array_view(values), 0);
        if (rank == 0)
          receive(dealii::make_array_view(values), members[0]);
      }
  }



  double
  TrainingProblem::sum(const double value) const
  {
    double result = value;
    sum(dealii::ArrayView<double>(&result, 1));
    return result;
  }



  void
  TrainingProblem::broadcast(const dealii::ArrayView<double> &values,
                             const unsigned int               from) const
  {
    for_each_piece(
      values.size(),
      largest_piece,
      [&](const std::size_t begin, const int size) {
        MPI_Bcast(values.data() + begin, size, MPI_DOUBLE, from, communicator);
      });
  }



  void
  TrainingProblem::send(const dealii::ArrayView<double> &values,
                        const unsigned int               to) const
  {
    for_each_piece(
      values.size(),
      largest_piece,
      [&](const std::size_t begin, const int size) {
        MPI_Send(
          values.data() + begin, size, MPI_DOUBLE, to, tag, communicator);
      });
  }



  void
  TrainingProblem::receive(const dealii::ArrayView<double> &values,
                           const unsigned int               from) const
  {
    for_each_piece(values.size(),
                   largest_piece,
                   [&](const std::size_t begin, const int size) {
                     MPI_Recv(values.data() + begin,
                              size,
                              MPI_DOUBLE,
                              from,
                              tag,
                              communicator,
                              MPI_STATUS_IGNORE);
                   });
  }
} // namespace sobolev
